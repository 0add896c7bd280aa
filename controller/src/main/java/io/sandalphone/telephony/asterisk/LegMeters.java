package io.sandalphone.telephony.asterisk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The connections that Asterisk opens for legs whose sound passes through us.
public record LegMeters(
        Counter connected,
        Counter crossed,
        Map<Refusal, Counter> refused,
        Counter malformed,
        Counter commands) {
    /// Why a connection is refused, or closed by us.
    enum Refusal {
        /// It does not show ARI's user and password.
        AUTHORIZATION,
        /// It is no WebSocket of the subprotocol `media`.
        PROTOCOL,
        /// Its token is nobody's, or was waited for too long.
        TOKEN_UNKNOWN,
        /// Its token was used before.
        TOKEN_USED,
        /// Its sound is not what was asked for.
        FORMAT
    }

    public static LegMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "asterisk.legs");
        Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
        for (Refusal reason : Refusal.values()) {
            refused.put(
                    reason,
                    group.counter(
                            "refused",
                            "connections",
                            "Connections for the sound of a leg that were not let in, or were"
                                    + " closed because of what came over them",
                            "reason",
                            reason.name().toLowerCase(Locale.ROOT)));
        }
        return new LegMeters(
                group.counter("connected", "", "Legs whose sound passes through us"),
                group.counter(
                        "crossed",
                        "connections",
                        "Connections that Asterisk opened with another leg's token, which were"
                                + " given to their own leg"),
                refused,
                group.counter("received.malformed", "messages", "Messages that were none"),
                group.counter(
                        "commands.refused", "", "Commands that Asterisk could not carry out"));
    }

    /// A connection was refused.
    void refuse(Refusal reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }
}
