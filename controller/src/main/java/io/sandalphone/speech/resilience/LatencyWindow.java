package io.sandalphone.speech.resilience;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// How long the latest answers of one provider took. Thread-safe.
final class LatencyWindow {
    /// How many answers the latest ones are.
    static final int SIZE = 100;

    private final long[] nanos = new long[SIZE];
    private long recorded;

    synchronized void record(Duration latency) {
        nanos[(int) (recorded++ % SIZE)] = latency.toNanos();
    }

    /// The time within which `percent` of the answers came (nearest rank), or empty when there were
    /// fewer than `least`.
    synchronized Optional<Duration> percentile(int percent, int least) {
        int known = (int) Math.min(recorded, SIZE);
        if (known < least) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(nanos, known);
        Arrays.sort(sorted);
        return Optional.of(Duration.ofNanos(sorted[(known * percent + 99) / 100 - 1]));
    }
}
