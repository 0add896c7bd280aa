package io.sandalphone.agent;

import io.sandalphone.brain.CallFacts;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// What the brain of an agent is told of a call.
///
/// @param tellCaller whether the caller's number and name
/// @param zone where it is what time of day; empty: it is not told the time
public record CallContext(TellCaller tellCaller, Optional<ZoneId> zone) {
    /// Number and name of callers who show them, and no time.
    public static final CallContext USUAL =
            new CallContext(TellCaller.UNLESS_WITHHELD, Optional.empty());

    /// Whether a brain learns who calls.
    public enum TellCaller {
        NEVER,
        /// Not of callers who ask for neither to be shown.
        UNLESS_WITHHELD,
        /// Also where the carrier tells us what the caller asked not to be shown.
        ALWAYS;

        /// What of `facts` may be told. `withheld` when the caller asks for neither to be shown.
        CallFacts of(CallFacts facts, boolean withheld) {
            boolean told =
                    switch (this) {
                        case NEVER -> false;
                        case UNLESS_WITHHELD -> !withheld;
                        case ALWAYS -> true;
                    };
            return told ? facts : new CallFacts(facts.callId(), "", facts.to(), facts.extra());
        }
    }

    /// Reads the keys `tell-caller` and `time-zone` of an agent.
    static Setting<CallContext> read(Section section) {
        Setting<TellCaller> tellCaller = section.choice("tell-caller", TellCaller.class);
        Setting<Optional<ZoneId>> zone =
                section.valueOrNone(
                        "time-zone",
                        "a time zone such as UTC or America/Mexico_City",
                        CallContext::zone);
        return section.make(() -> new CallContext(tellCaller.get(), zone.get()));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// What time it is at `epochMillis`.
    Optional<ZonedDateTime> time(long epochMillis) {
        return zone.map(there -> Instant.ofEpochMilli(epochMillis).atZone(there));
    }
}
