package io.sandalphone.harness.agents;

import java.util.Locale;
import java.util.stream.DoubleStream;

/// How many times were measured, and how they are distributed (nearest rank), in milliseconds.
public record Times(int count, double p50, double p95, double max) {
    static Times of(DoubleStream millis) {
        double[] sorted = millis.sorted().toArray();
        return new Times(
                sorted.length,
                rank(sorted, 50),
                rank(sorted, 95),
                sorted.length == 0 ? 0 : sorted[sorted.length - 1]);
    }

    private static double rank(double[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.0f  p95 %.0f  max %.0f  (n %d)", p50, p95, max, count);
    }
}
