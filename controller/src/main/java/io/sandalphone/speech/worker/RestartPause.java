package io.sandalphone.speech.worker;

import java.time.Duration;

/// How long to wait before a worker that died is followed by the next: twice as long each time, until
/// one has lived for a while. Knows no clock; belongs to one thread.
final class RestartPause {
    static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// A worker that lived this long did not die of what the one before it died of.
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private Duration next = SHORTEST;

    /// The pause after a worker that lived for `nanos`.
    Duration after(long nanos) {
        Duration pause = nanos > HEALTHY.toNanos() ? SHORTEST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
