package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;

/// Follows the clock of a far end, which plays as fast as it records: how many frames more, or fewer, it takes
/// than our ticks give it. Without it a far end whose clock is faster by 100 parts in a million runs dry
/// every 200 s, and one that is slower holds a third of a second more after an hour.
///
/// The clock is told by when frames come, against their positions: the earliest of ten seconds, compared
/// with the earliest of the ten before. What changes faster than a clock can is the network's, or another
/// numbering, and is not followed. Holds no clock of its own: time is given, and counted in samples.
final class FarClock {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long SAMPLE_NANOS = 125_000;
    private static final long WINDOW = 10L * AudioFrame.TELEPHONE_RATE;

    /// In ten seconds: 2 ms, or 200 parts in a million, twice of what sound cards are off by.
    private static final long MOST = 16;

    private static final long NONE = Long.MAX_VALUE;

    private long window = NONE;
    private long earliest = NONE;
    private long before = NONE;
    // How much later than at first what is said at the same position comes.
    private long later;

    /// A frame of `position` came at `nanos`.
    void heard(long position, long nanos) {
        long now = nanos / SAMPLE_NANOS;
        long number = Math.floorDiv(now, WINDOW);
        if (number != window) {
            if (number == window + 1) {
                compare();
                before = earliest;
            } else {
                before = NONE;
            }
            window = number;
            earliest = NONE;
        }
        earliest = Math.min(earliest, now - position);
    }

    private void compare() {
        if (before != NONE && earliest != NONE && Math.abs(earliest - before) <= MOST) {
            later += earliest - before;
        }
    }

    /// How many frames are due at a tick: one; two where the far end has played one more than it got; none
    /// where it has one too many.
    int framesDue() {
        if (later >= FRAME) {
            later -= FRAME;
            return 0;
        }
        if (later <= -FRAME) {
            later += FRAME;
            return 2;
        }
        return 1;
    }
}
