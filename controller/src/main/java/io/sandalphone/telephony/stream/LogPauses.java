package io.sandalphone.telephony.stream;

import io.sandalphone.time.NanoClock;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// How often what strangers can cause is logged: each reason at most once a second, with how often it came since.
/// Whoever causes one must not fill the log, nor hide the other reasons. Thread-safe.
public final class LogPauses<R extends Enum<R>> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final NanoClock clock;
    private final Map<R, Lines> lines;

    /// When a reason may be logged again, and how often it came since it was.
    private static final class Lines {
        long unlogged;
        long nextNanos;

        Lines(long nextNanos) {
            this.nextNanos = nextNanos;
        }
    }

    public LogPauses(Class<R> reasons, NanoClock clock) {
        this.clock = clock;
        lines = new EnumMap<>(reasons);
    }

    /// Something happened for `reason`: how many times the line is about that is to be written now, or 0 when none
    /// is.
    public synchronized long due(R reason) {
        long now = clock.nanoTime();
        Lines known = lines.computeIfAbsent(reason, _ -> new Lines(now));
        known.unlogged++;
        if (now - known.nextNanos < 0) {
            return 0;
        }
        long count = known.unlogged;
        known.unlogged = 0;
        known.nextNanos = now + PAUSE.toNanos();
        return count;
    }
}
