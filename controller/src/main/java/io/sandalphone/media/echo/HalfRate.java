package io.sandalphone.media.echo;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.Downsampler;

/// Makes 4 kHz of telephone sound, with its high parts lifted, so that a voice's loudest tones do not
/// hide the rest. One for each stream of frames.
final class HalfRate {
    /// In samples per second.
    static final int RATE = AudioFrame.TELEPHONE_RATE / 2;

    /// Samples of one frame.
    static final int FRAME = RATE / 1000 * AudioFrame.MILLIS;

    private static final float LIFT = 0.9f;

    private final Downsampler half = new Downsampler();
    private float before;

    /// Writes [#FRAME] samples of `pcm`, which follows what came before, to the ring `out` from `at` on.
    void convert(short[] pcm, float[] out, int at) {
        short[] low = half.resample(pcm);
        for (int i = 0; i < FRAME; i++) {
            out[(at + i) % out.length] = low[i] - LIFT * before;
            before = low[i];
        }
    }
}
