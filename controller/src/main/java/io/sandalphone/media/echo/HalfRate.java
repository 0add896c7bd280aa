package io.sandalphone.media.echo;

import io.sandalphone.media.AudioFrame;

/// Makes 4 kHz of telephone sound, with its high parts lifted, so that a voice's loudest tones do not
/// hide the rest. One for each stream of frames.
final class HalfRate {
    /// In samples per second.
    static final int RATE = AudioFrame.TELEPHONE_RATE / 2;

    /// Samples of one frame.
    static final int FRAME = RATE / 1000 * AudioFrame.MILLIS;

    private static final float LIFT = 0.9f;

    /// A half-band filter's coefficients 1, 3, 5 and 7 places from its middle, which is a half: enough
    /// where what folds is compared with itself.
    private static final float[] SIDES = {0.3062f, -0.0734f, 0.0197f, -0.0017f};

    private static final int SPAN = 14;

    private final float[] recent = new float[SPAN + 2 * FRAME];
    private float before;

    /// Writes [#FRAME] samples of `pcm`, which follows what came before, to the ring `out` from `at` on.
    void convert(short[] pcm, float[] out, int at) {
        System.arraycopy(recent, 2 * FRAME, recent, 0, SPAN);
        for (int i = 0; i < 2 * FRAME; i++) {
            recent[SPAN + i] = pcm[i];
        }
        int to = at;
        for (int i = 0; i < FRAME; i++) {
            int middle = 2 * i + SPAN / 2;
            float low =
                    0.5f * recent[middle]
                            + SIDES[0] * (recent[middle - 1] + recent[middle + 1])
                            + SIDES[1] * (recent[middle - 3] + recent[middle + 3])
                            + SIDES[2] * (recent[middle - 5] + recent[middle + 5])
                            + SIDES[3] * (recent[middle - 7] + recent[middle + 7]);
            out[to] = low - LIFT * before;
            before = low;
            to = to + 1 == out.length ? 0 : to + 1;
        }
    }
}
