package io.sandalphone.time;

/// One reading of the wall clock and the monotonic one together, by which a moment of the monotonic
/// clock gets the time of day that people and records want. Two moments are as far apart on one
/// `WallTime` as they were, whatever the machine's clock was set to between them.
public record WallTime(long epochMillis, long nanoTime) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// What the clocks of `loop` show now.
    public static WallTime now(Loop loop) {
        return new WallTime(loop.epochMillis(), loop.nanoTime());
    }

    /// When `nanos`, of [NanoClock#nanoTime], was or will be: in milliseconds since the epoch.
    public long epochMillis(long nanos) {
        return epochMillis + Math.floorDiv(nanos - nanoTime, NANOS_PER_MILLI);
    }
}
