package io.sandalphone.telephony.twilio;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.markup.Account;
import io.sandalphone.telephony.markup.MarkupLeg;
import io.sandalphone.telephony.markup.MediaStream;
import io.sandalphone.telephony.stream.SoundCoding;
import io.sandalphone.telephony.stream.StreamProtocol;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.sandalphone.telephony.stream.StreamSocket;
import io.sandalphone.telephony.stream.StreamTokens.Redemption;
import io.vertx.core.http.HttpServerRequest;

import java.util.Optional;
import java.util.regex.Pattern;

/// How Twilio opens its media sockets: signed, and with a token that we gave to one call.
final class TwilioProtocol implements StreamProtocol {
    // Not only MZ and 32 digits: it is only repeated, and must not break the message it stands in.
    private static final Pattern STREAM_SID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Account account;
    private final TwilioGuard guard;

    TwilioProtocol(Account account, TwilioGuard guard) {
        this.account = account;
        this.guard = guard;
    }

    @Override
    public String name() {
        return TwilioCarrier.NAME;
    }

    @Override
    public Admission admit(HttpServerRequest upgrade) {
        return guard.admit(upgrade);
    }

    @Override
    public boolean speaks(JsonMessage first) {
        return switch (first.text("event").orElse("")) {
            case "connected" -> first.has("protocol");
            case "start" -> first.has("streamSid") || first.object("start").has("streamSid");
            default -> false;
        };
    }

    @Override
    public Start start(String path, JsonMessage message, StreamSocket socket) {
        JsonMessage start = message.object("start");
        Optional<String> sid =
                message.optional().text("streamSid").or(() -> start.text("streamSid"));
        if (sid.isEmpty() || !STREAM_SID.matcher(sid.get()).matches()) {
            return new Start.Refused(StreamRefusal.PROTOCOL);
        }
        Optional<G711> law = law(start.object("mediaFormat"));
        if (law.isEmpty()) {
            return new Start.Refused(StreamRefusal.FORMAT);
        }
        String token = start.object("customParameters").text(Twiml.TOKEN).orElse("");
        return switch (account.tokens().redeem(token)) {
            case Redemption.Unknown<MarkupLeg> _ -> new Start.Refused(StreamRefusal.TOKEN_UNKNOWN);
            case Redemption.Used<MarkupLeg> _ -> new Start.Refused(StreamRefusal.TOKEN_USED);
            case Redemption.Redeemed<MarkupLeg>(var leg) ->
                    take(leg, start, sid.get(), law.get(), token, socket);
        };
    }

    private Start take(
            MarkupLeg leg,
            JsonMessage start,
            String streamSid,
            G711 law,
            String token,
            StreamSocket socket) {
        String account = start.text("accountSid").orElse("");
        String call = start.text("callSid").orElse("");
        String known = leg.callId();
        // A destination may answer before Twilio has told us the name of its call.
        boolean fits =
                account.equals(guard.accountSid())
                        && (known == null ? Sids.isCall(call) : known.equals(call));
        if (!fits) {
            return new Start.Refused(StreamRefusal.WRONG_CALL);
        }
        var wire =
                new MediaStream.Wire(
                        streamSid,
                        "\"streamSid\":\"" + streamSid + "\"",
                        SoundCoding.of(law),
                        SoundCoding.of(law),
                        _ -> {});
        return new Start.Taken(leg.loop(), new MediaStream(leg, socket, call, token, wire));
    }

    /// What the sound is coded by; Twilio says mu-law at 8 kHz, always.
    private static Optional<G711> law(JsonMessage format) {
        boolean telephone =
                format.integer("sampleRate").orElse(8000) == 8000
                        && format.integer("channels").orElse(1) == 1;
        if (!telephone) {
            return Optional.empty();
        }
        return switch (format.text("encoding").orElse("audio/x-mulaw")) {
            case "audio/x-mulaw", "audio/basic", "PCMU" -> Optional.of(G711.MU_LAW);
            case "audio/x-alaw", "PCMA" -> Optional.of(G711.A_LAW);
            default -> Optional.empty();
        };
    }
}
