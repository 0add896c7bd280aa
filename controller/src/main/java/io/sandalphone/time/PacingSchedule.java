package io.sandalphone.time;

/// How many frames are due by now, when one is due at the start and one more after each period.
/// Counts against the start, not against the last call, so that small delays do not add up.
public final class PacingSchedule {
    private final long startNanos;
    private final long periodNanos;
    private final int maxConcurrent;
    private long counted;
    private long skipped;

    /// @param maxConcurrent how many frames are caught up after a stall; the older ones are skipped
    public PacingSchedule(long startNanos, long periodNanos, int maxConcurrent) {
        this.startNanos = startNanos;
        this.periodNanos = periodNanos;
        this.maxConcurrent = maxConcurrent;
    }

    /// How many frames have become due since the last call. `nowNanos` never goes back.
    public int framesDue(long nowNanos) {
        long due = Math.floorDiv(nowNanos - startNanos, periodNanos) + 1 - counted;
        if (due <= 0) {
            return 0;
        }
        counted += due;
        if (due > maxConcurrent) {
            skipped += due - maxConcurrent;
            return maxConcurrent;
        }
        return (int) due;
    }

    /// How many frames were skipped so far, because more had become due at once than may be caught up.
    public long skippedFrames() {
        return skipped;
    }
}
