package io.sandalphone.providers.whisper;

/// How fast this machine decodes, to tell how long an utterance would wait. The time goes with the part
/// of its context that the encoder looks at.
///
/// Follows the last decodings, the newest most. Knows no clock; one thread at a time.
final class Pace {
    /// The share of the newest decoding in the estimate.
    private static final double NEWEST = 0.3;

    /// What was measured so long ago says nothing of now: half a minute.
    private static final long OUTDATED = 30_000_000_000L;

    private double nanosPerStep;
    private long measuredNanos;

    /// `context` steps took `tookNanos` in a trial.
    Pace(int context, long tookNanos, long nowNanos) {
        nanosPerStep = (double) tookNanos / context;
        measuredNanos = nowNanos;
    }

    /// Decoding with `context` steps took so long.
    void took(int context, long tookNanos, long nowNanos) {
        double newest = (double) tookNanos / context;
        nanosPerStep += NEWEST * (newest - nanosPerStep);
        measuredNanos = nowNanos;
    }

    /// How long `context` steps will take.
    long estimate(long context) {
        return (long) (nanosPerStep * context);
    }

    /// Whether it is time to see again how fast the machine is.
    boolean outdated(long nowNanos) {
        return nowNanos - measuredNanos > OUTDATED;
    }
}
