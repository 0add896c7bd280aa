package io.sandalphone.harness.client;

import io.sandalphone.harness.measure.SoundTimeline;

import java.util.Arrays;

/// Sound (8 kHz) as a player with a short buffer plays it: each piece when it comes, or when the one
/// before has ended, whichever is later; up to 40 ms of lateness are forgiven. What did not come is
/// silence. Its owner locks.
final class PlayedSound {
    private static final long NANOS_PER_SAMPLE = 125_000;
    private static final int PATIENCE = 40 * 8;

    private final long startNanos;
    private short[] pcm = new short[8000];
    private int expected;
    private int length;

    /// Begins at `startNanos`.
    PlayedSound(long startNanos) {
        this.startNanos = startNanos;
    }

    /// Adds a piece that comes at `nanos`.
    void add(short[] piece, long nanos) {
        int arrived = (int) ((nanos - startNanos) / NANOS_PER_SAMPLE);
        int at = length == 0 || arrived - expected > PATIENCE ? arrived : expected;
        if (at + piece.length > pcm.length) {
            pcm = Arrays.copyOf(pcm, (at + piece.length) * 3 / 2);
        }
        System.arraycopy(piece, 0, pcm, at, piece.length);
        expected = at + piece.length;
        length = expected;
    }

    /// All of it.
    SoundTimeline timeline() {
        return new SoundTimeline(startNanos, Arrays.copyOf(pcm, length));
    }
}
