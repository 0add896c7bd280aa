package io.sandalphone.telephony.asterisk.ari;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long after every failure, up to a limit. Half
/// of each wait is left to chance, so that many controllers do not knock in step.
final class Backoff {
    private final long firstMillis;
    private final long longestMillis;
    private final RandomGenerator random;
    private long nextMillis;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.longestMillis = longest.toMillis();
        this.random = random;
        this.nextMillis = firstMillis;
    }

    /// The wait before the next attempt, in milliseconds, at least 1.
    long delayMillis() {
        var wait = nextMillis;
        nextMillis = Math.min(2 * nextMillis, longestMillis);
        return Math.max(1, wait / 2 + random.nextLong(wait / 2 + 1));
    }

    /// The attempt succeeded: the next wait is the first again.
    void reset() {
        nextMillis = firstMillis;
    }
}
