package io.sandalphone.agent;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import java.io.Serial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often callers have called lately: each may begin so many calls at once, and as many again in the course of an hour. Kept in
/// memory alone, since it says who called; at most [#MOST_CALLERS], of whom those are forgotten first who have not called for
/// longest. Thread-safe.
final class CallerRates {
    static final int MOST_CALLERS = 20_000;

    private final LongSupplier nanoTime;

    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Serial private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MOST_CALLERS;
                }
            };

    /// `nanoTime` is a monotonic clock.
    CallerRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Whether `caller` may begin a call with `agent`, which takes `perHour` of each. One that may counts.
    synchronized boolean admit(String agent, String caller, int perHour) {
        return buckets.computeIfAbsent(agent + ' ' + caller, _ -> bucket(perHour)).tryConsume(1);
    }

    private Bucket bucket(int perHour) {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(perHour).refillGreedy(perHour, Duration.ofHours(1)))
                .withCustomTimePrecision(
                        new TimeMeter() {
                            @Override
                            public long currentTimeNanos() {
                                return nanoTime.getAsLong();
                            }

                            @Override
                            public boolean isWallClockBased() {
                                return false;
                            }
                        })
                .build();
    }
}
