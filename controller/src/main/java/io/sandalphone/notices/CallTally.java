package io.sandalphone.notices;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallObserver;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Counts calls that were refused because of a limit, and those that went on untranslated, from the first until none has come for
/// a while. A call that loses its translation again and again is one. Thread-safe; called on the loops of calls, it only counts.
final class CallTally implements CallObserver {
    /// Reasons of refused calls that are limits of the settings.
    private static final Set<String> LIMITS =
            Set.of("call-limit", "caller-daily-limit", "destination-daily-limit");

    private final Series refused = new Series(NoticeKind.CALLS_REFUSED);
    private final Series untranslated = new Series(NoticeKind.CALLS_UNTRANSLATED);
    private final Set<String> without = new HashSet<>();

    /// Calls that met the same, one after the other.
    private static final class Series {
        private final NoticeKind kind;
        private long count;
        private long seen;
        private Instant last = Instant.EPOCH;

        Series(NoticeKind kind) {
            this.kind = kind;
        }

        void add(long epochMillis) {
            count++;
            last = Instant.ofEpochMilli(epochMillis);
        }

        Optional<Condition> look(Duration quiet, Instant now) {
            boolean more = count > seen;
            seen = count;
            if (last.isAfter(now)) {
                // The clock was put back.
                last = now;
            }
            if (!more && !now.isBefore(last.plus(quiet))) {
                count = 0;
                seen = 0;
            }
            return more ? Optional.of(Condition.counted(kind, count)) : Optional.empty();
        }
    }

    @Override
    public synchronized void on(CallEvent event) {
        switch (event) {
            case CallEvent.Ended ended -> {
                without.remove(ended.callId());
                if (LIMITS.contains(ended.reason())) {
                    refused.add(ended.atEpochMillis());
                }
            }
            case CallEvent.Translation changed -> {
                // One that lost it stays counted, so that it is counted once.
                if (!changed.available() && without.add(changed.callId())) {
                    untranslated.add(changed.atEpochMillis());
                }
            }
            case CallEvent.Left left -> {
                // Of one that lost its translation before it is known already.
                if (!without.contains(left.callId())) {
                    untranslated.add(left.atEpochMillis());
                }
            }
            case CallEvent.Adopted _,
                    CallEvent.StateChanged _,
                    CallEvent.Spent _,
                    CallEvent.Interpretation _,
                    CallEvent.Caption _ -> {
                // Nothing that an operator is told of: whoever wished to go on uninterpreted does.
            }
        }
    }

    /// What came since the last look, with how many there were since the first. Counting begins anew when none has come for `quiet`.
    synchronized List<Condition> conditions(Duration quiet, Instant now) {
        return Stream.of(refused, untranslated)
                .flatMap(series -> series.look(quiet, now).stream())
                .toList();
    }
}
