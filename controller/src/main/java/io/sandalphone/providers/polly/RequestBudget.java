package io.sandalphone.providers.polly;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Keeps requests within what Polly lets an account make, a token bucket for each engine, so that
/// Polly has nothing to refuse. Thread-safe: one serves every call.
final class RequestBudget {
    private final Map<PollyEngine, Bucket> buckets = new EnumMap<>(PollyEngine.class);
    private final Duration longestWait;
    private final boolean overflow;
    private final BlockingStrategy waiting;

    /// @param quotas one for each engine
    /// @param longestWait how long a request may wait for its turn
    /// @param overflow whether a request that would have to wait goes to the standard engine instead
    RequestBudget(
            Map<PollyEngine, Quota> quotas,
            Duration longestWait,
            boolean overflow,
            TimeMeter clock,
            BlockingStrategy waiting) {
        quotas.forEach((engine, quota) -> buckets.put(engine, bucket(quota, clock)));
        this.longestWait = longestWait;
        this.overflow = overflow;
        this.waiting = waiting;
    }

    private static Bucket bucket(Quota quota, TimeMeter clock) {
        return Bucket.builder()
                .addLimit(
                        Bandwidth.builder()
                                .capacity(quota.savings())
                                .refillGreedy(quota.rate(), Duration.ofSeconds(1))
                                .build())
                .withCustomTimePrecision(clock)
                .build();
    }

    /// Takes leave for one request, waiting for it if need be: the engine to send it to, or empty when
    /// that would take too long.
    Optional<PollyEngine> admit(PollyEngine preferred) throws InterruptedException {
        Optional<PollyEngine> other = insteadOf(preferred);
        if (other.isPresent() && bucket(preferred).tryConsume(1)) {
            return Optional.of(preferred);
        }
        PollyEngine engine = other.orElse(preferred);
        return bucket(engine).asBlocking().tryConsume(1, longestWait, waiting)
                ? Optional.of(engine)
                : Optional.empty();
    }

    /// The engine that speaks when `preferred` has no room, if there is to be one.
    Optional<PollyEngine> insteadOf(PollyEngine preferred) {
        return overflow && preferred != PollyEngine.STANDARD
                ? Optional.of(PollyEngine.STANDARD)
                : Optional.empty();
    }

    private Bucket bucket(PollyEngine engine) {
        return Objects.requireNonNull(buckets.get(engine));
    }
}
