package io.sandalphone.telephony.markup;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.sandalphone.time.NanoClock;

import java.time.Duration;

/// Keeps the calls that are begun within what the account may begin in a second. A carrier refuses what
/// exceeds it, or queues it, for up to a day, and would ring somebody whom nobody waits for any more.
/// Thread-safe: one serves every call.
public final class CallRate {
    private final Bucket bucket;

    public CallRate(int callsPerSecond, NanoClock clock) {
        bucket =
                Bucket.builder()
                        .addLimit(
                                Bandwidth.builder()
                                        .capacity(callsPerSecond)
                                        .refillGreedy(callsPerSecond, Duration.ofSeconds(1))
                                        .build())
                        .withCustomTimePrecision(
                                new TimeMeter() {
                                    @Override
                                    public long currentTimeNanos() {
                                        return clock.nanoTime();
                                    }

                                    @Override
                                    public boolean isWallClockBased() {
                                        return false;
                                    }
                                })
                        .build();
    }

    /// Takes a turn, and says how long it is until then.
    Duration reserve() {
        return Duration.ofNanos(bucket.consumeIgnoringRateLimits(1));
    }
}
