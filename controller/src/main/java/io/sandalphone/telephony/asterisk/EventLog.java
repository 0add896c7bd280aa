package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.ChannelHangupRequest;
import ch.loway.oss.ari4java.generated.models.ChannelHold;
import ch.loway.oss.ari4java.generated.models.ChannelStateChange;
import ch.loway.oss.ari4java.generated.models.ChannelUnhold;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisEnd;
import ch.loway.oss.ari4java.generated.models.StasisStart;

import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;

/// What Asterisk told of the two people of a call, in the log: the type of each event, and in words and numbers of Asterisk's own what
/// it says: a channel's state, what came of dialling, the cause of a release, which Asterisk makes of the SIP status (Q.850). Nothing
/// that a far end has written, and no keys.
final class EventLog {
    private static final Logger log = LoggerFactory.getLogger(EventLog.class);

    /// What else stands in these fields is not passed on.
    private static final Set<String> CHANNEL_STATES =
            Set.of("Down", "Rsrvd", "OffHook", "Dialing", "Ring", "Ringing", "Up", "Busy");

    private static final Set<String> DIAL_STATUSES =
            Set.of(
                    "RINGING",
                    "PROGRESS",
                    "PROCEEDING",
                    "ANSWER",
                    "BUSY",
                    "NOANSWER",
                    "CANCEL",
                    "CONGESTION",
                    "CHANUNAVAIL",
                    "DONTCALL",
                    "TORTURE",
                    "INVALIDARGS");

    private EventLog() {}

    /// `event` came for the channel of `party`.
    static void told(String callId, Party party, Message event) {
        switch (event) {
            case StasisStart _ -> write(callId, party, "StasisStart", null, null);
            case StasisEnd _ -> write(callId, party, "StasisEnd", null, null);
            case ChannelStateChange change ->
                    write(
                            callId,
                            party,
                            "ChannelStateChange",
                            known(
                                    change.getChannel() == null
                                            ? null
                                            : change.getChannel().getState(),
                                    CHANNEL_STATES),
                            null);
            case Dial dial ->
                    write(callId, party, "Dial", known(dial.getDialstatus(), DIAL_STATUSES), null);
            case ChannelHangupRequest request ->
                    write(callId, party, "ChannelHangupRequest", null, request.getCause());
            case ChannelDestroyed destroyed ->
                    write(callId, party, "ChannelDestroyed", null, destroyed.getCause());
            case ChannelHold _ -> write(callId, party, "ChannelHold", null, null);
            case ChannelUnhold _ -> write(callId, party, "ChannelUnhold", null, null);
            default -> {
                // Pressed keys are nobody's to read, and the rest says nothing of a call.
            }
        }
    }

    private static @Nullable String known(@Nullable String word, Set<String> words) {
        return word != null && words.contains(word) ? word : null;
    }

    private static void write(
            String callId,
            Party party,
            String type,
            @Nullable String status,
            @Nullable Integer cause) {
        var line =
                log.atInfo()
                        .addKeyValue("call", callId)
                        .addKeyValue("leg", Ids.role(party))
                        .addKeyValue("event", type);
        if (status != null) {
            line = line.addKeyValue("status", status);
        }
        if (cause != null) {
            line = line.addKeyValue("cause", cause);
        }
        line.log("asterisk tells of a leg");
    }
}
