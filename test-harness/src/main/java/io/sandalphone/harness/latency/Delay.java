package io.sandalphone.harness.latency;

import java.util.random.RandomGenerator;

/// How long something takes, drawn by chance: log-normal, as services are. Milliseconds.
///
/// @param p50 half of the time it takes no longer
/// @param p95 nineteen times of twenty it takes no longer
public record Delay(double p50, double p95) {
    // The 95th percentile of the normal distribution.
    private static final double SIGMAS = 1.645;

    /// One of them.
    public long draw(RandomGenerator chance) {
        return Math.round(p50 * Math.exp(chance.nextGaussian() * Math.log(p95 / p50) / SIGMAS));
    }
}
