package io.sandalphone.bus;

/// The level of one track, which moves from one value to another in a straight line, sample by sample,
/// so that nothing clicks. Integer arithmetic; holds no clock.
final class GainRamp {
    /// The untouched sound.
    static final int FULL = 1 << 15;

    // The level is kept with 15 bits more, so that a slow ramp arrives where it is to.
    private static final int FINER = 15;

    private long level = (long) FULL << FINER;
    private long target = level;
    private long step;

    /// Moves to `level` (of [#FULL]) within `samples` from now on, from wherever it is.
    void moveTo(int level, int samples) {
        target = (long) level << FINER;
        // Rounded away from zero: it arrives in time, and never beyond.
        long way = target - this.level;
        step = way / samples + Long.signum(way);
    }

    /// Whether the track is heard as it is.
    boolean isFull() {
        return level == target && level == (long) FULL << FINER;
    }

    /// The level now, of [#FULL].
    int level() {
        return (int) (level >> FINER);
    }

    /// Adds `pcm` at this level to `sum`.
    void add(short[] pcm, int[] sum) {
        for (int i = 0; i < pcm.length; i++) {
            advance();
            sum[i] += (int) ((pcm[i] * (level >> FINER)) >> 15);
        }
    }

    /// Lets the time of so many samples pass in which the track is silent.
    void pass(int samples) {
        for (int i = 0; i < samples && level != target; i++) {
            advance();
        }
    }

    private void advance() {
        if (level != target) {
            level += step;
            if (step > 0 ? level > target : level < target) {
                level = target;
            }
        }
    }
}
