package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.vertx.core.Future;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what the dialplan says of the whole Asterisk. ARI shows it only as a channel sees it, so there
/// is a channel for that moment: it rings nobody, takes no port, and is hung up again.
///
/// A sweep takes one that was left behind for part of a call that nobody has.
final class DialplanProbe {
    private static final String ROLE = "-probe";

    private final AriCommands ari;
    private final String callId = CallIds.next();
    private final String channel = Ids.PREFIX + callId + ROLE;

    DialplanProbe(AriCommands ari) {
        this.ari = ari;
    }

    /// Whether it is the id of such a channel.
    static boolean isProbe(String channel) {
        return channel.startsWith(Ids.PREFIX) && channel.endsWith(ROLE);
    }

    /// The call to which its channel seems to belong.
    String callId() {
        return callId;
    }

    /// The values of variables; nothing for one that is not there. Once.
    Future<Map<String, String>> read(List<String> variables) {
        return ari.createLeg(channel, "Local/s@sp-probe", "", Map.of())
                .compose(_ -> Future.all(variables.stream().map(this::value).toList()))
                .map(
                        all -> {
                            Map<String, String> values = new HashMap<>();
                            for (int i = 0; i < variables.size(); i++) {
                                values.put(variables.get(i), all.resultAt(i));
                            }
                            return values;
                        })
                .eventually(() -> ari.hangUp(channel, HangupCause.NORMAL));
    }

    private Future<String> value(String variable) {
        return ari.variable(channel, variable)
                .recover(
                        failure ->
                                failure instanceof AriException refusal && refusal.notFound()
                                        ? Future.succeededFuture("")
                                        : Future.failedFuture(failure));
    }
}
