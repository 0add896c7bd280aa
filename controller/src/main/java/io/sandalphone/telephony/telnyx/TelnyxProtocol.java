package io.sandalphone.telephony.telnyx;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.telephony.markup.Account;
import io.sandalphone.telephony.markup.MarkupLeg;
import io.sandalphone.telephony.markup.MediaStream;
import io.sandalphone.telephony.stream.StreamProtocol;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.sandalphone.telephony.stream.StreamSocket;
import io.sandalphone.telephony.stream.StreamTokens.Redemption;
import io.vertx.core.http.HttpServerRequest;

import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Pattern;

/// How Telnyx opens its media sockets: unsigned, at an address whose last part is a token that we gave to one
/// call.
final class TelnyxProtocol implements StreamProtocol {
    private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Account account;
    private final TelnyxGuard guard;
    private final TelnyxCodec codec;
    private final ByteOrder linear;
    private final TelnyxMeters meters;

    /// Our sound is coded by `codec`; `linear` is which byte of a sample comes first where that is L16, in either direction.
    TelnyxProtocol(
            Account account,
            TelnyxGuard guard,
            TelnyxCodec codec,
            ByteOrder linear,
            TelnyxMeters meters) {
        this.account = account;
        this.guard = guard;
        this.codec = codec;
        this.linear = linear;
        this.meters = meters;
    }

    @Override
    public String name() {
        return TelnyxCarrier.NAME;
    }

    @Override
    public Admission admit(HttpServerRequest upgrade) {
        return account.tokens().claim(token(upgrade.path()))
                ? Admission.ADMITTED
                : Admission.NOT_MINE;
    }

    @Override
    public void released(String path) {
        account.tokens().release(token(path));
    }

    private static String token(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public boolean speaks(JsonMessage first) {
        return switch (first.text("event").orElse("")) {
            case "connected" -> first.has("version") && !first.has("protocol");
            case "start" -> first.has("stream_id") || first.object("start").has("stream_id");
            default -> false;
        };
    }

    @Override
    public Start start(String path, JsonMessage message, StreamSocket socket) {
        JsonMessage start = message.object("start").optional();
        Optional<String> id =
                message.optional().text("stream_id").or(() -> start.text("stream_id"));
        if (id.isEmpty() || !STREAM_ID.matcher(id.get()).matches()) {
            return new Start.Refused(StreamRefusal.PROTOCOL);
        }
        Optional<TelnyxCodec> heard = heard(start.object("media_format"));
        if (heard.isEmpty()) {
            return new Start.Refused(StreamRefusal.FORMAT);
        }
        return switch (account.tokens().redeem(token(path))) {
            case Redemption.Unknown<MarkupLeg> _ -> new Start.Refused(StreamRefusal.TOKEN_UNKNOWN);
            case Redemption.Used<MarkupLeg> _ -> new Start.Refused(StreamRefusal.TOKEN_USED);
            case Redemption.Redeemed<MarkupLeg>(var leg) ->
                    take(leg, start, id.get(), heard.get(), token(path), socket);
        };
    }

    private Start take(
            MarkupLeg leg,
            JsonMessage start,
            String streamId,
            TelnyxCodec heard,
            String token,
            StreamSocket socket) {
        String call = start.text("call_control_id").orElse("");
        String known = leg.callId();
        // A destination may answer before Telnyx has told us the name of its call.
        if (known == null ? !guard.isCall(call) : !known.equals(call)) {
            return new Start.Refused(StreamRefusal.WRONG_CALL);
        }
        var wire =
                new MediaStream.Wire(
                        streamId,
                        "",
                        heard.coding(linear),
                        codec.coding(linear),
                        new Complaints(leg.context().callId(), meters.streamErrors()));
        return new Start.Taken(leg.loop(), new MediaStream(leg, socket, call, token, wire));
    }

    /// How the party's sound is coded: as their call is, whatever we send.
    private static Optional<TelnyxCodec> heard(JsonMessage format) {
        return format.integer("channels").orElse(1) == 1
                ? TelnyxCodec.announced(
                        format.text("encoding").orElse("PCMU"),
                        format.integer("sample_rate").orElse(8000))
                : Optional.empty();
    }
}
