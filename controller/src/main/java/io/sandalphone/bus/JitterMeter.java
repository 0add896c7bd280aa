package io.sandalphone.bus;

import java.util.Arrays;

/// How unevenly frames come: when the earliest of the last ten seconds came, measured against their
/// positions, and how much later the latest did. All times are samples at 8 kHz. A far end whose clock
/// runs faster or slower than ours is followed. Holds no clock.
final class JitterMeter {
    private static final long BUCKET = 8000;
    private static final int BUCKETS = 10;
    private static final long NONE = Long.MAX_VALUE;

    // Of each second the least and the greatest of arrival minus position.
    private final long[] earliest = new long[BUCKETS];
    private final long[] latest = new long[BUCKETS];
    private final long[] second = new long[BUCKETS];
    private long base = NONE;
    private long spread;

    JitterMeter() {
        forget();
    }

    /// A frame of `position` came at `now`.
    void arrived(long position, long now) {
        long transit = now - position;
        long number = Math.floorDiv(now, BUCKET);
        int bucket = Math.floorMod(number, BUCKETS);
        if (second[bucket] != number || earliest[bucket] == NONE) {
            second[bucket] = number;
            earliest[bucket] = transit;
            latest[bucket] = transit;
        } else {
            earliest[bucket] = Math.min(earliest[bucket], transit);
            latest[bucket] = Math.max(latest[bucket], transit);
        }
        measure(number);
    }

    /// From the next frame on positions stand elsewhere against our clock, and `transit` is arrival minus
    /// position of that frame. How unevenly frames come is still known.
    void rebase(long transit) {
        if (base == NONE) {
            return;
        }
        long moved = transit - base;
        for (int i = 0; i < BUCKETS; i++) {
            if (earliest[i] != NONE) {
                earliest[i] += moved;
                latest[i] += moved;
            }
        }
        base = transit;
    }

    /// Knows nothing any more.
    void forget() {
        Arrays.fill(earliest, NONE);
        base = NONE;
        spread = 0;
    }

    /// Arrival minus position of the earliest frame.
    long base() {
        return base;
    }

    /// How much later than the earliest the latest came.
    long spread() {
        return spread;
    }

    private void measure(long number) {
        long least = NONE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < BUCKETS; i++) {
            if (earliest[i] != NONE && number - second[i] < BUCKETS) {
                least = Math.min(least, earliest[i]);
                greatest = Math.max(greatest, latest[i]);
            }
        }
        base = least;
        spread = greatest - least;
    }
}
