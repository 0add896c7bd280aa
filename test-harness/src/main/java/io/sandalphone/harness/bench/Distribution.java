package io.sandalphone.harness.bench;

import java.util.Arrays;

/// How many times were measured, and how they are distributed, in milliseconds.
record Distribution(long count, double p50Millis, double p99Millis, double maxMillis) {
    static Distribution ofNanos(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Distribution(
                sorted.length, millis(sorted, 50), millis(sorted, 99), millis(sorted, 100));
    }

    /// The value that `percent` of all do not exceed, in milliseconds; 0 when there is none.
    static double percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return millis(sorted, percent);
    }

    /// The smallest value that `percent` of all do not exceed (nearest rank); 0 when there is none.
    private static double millis(long[] sorted, int percent) {
        return sorted.length == 0
                ? 0
                : sorted[Math.ceilDiv(sorted.length * percent, 100) - 1] / 1e6;
    }
}
