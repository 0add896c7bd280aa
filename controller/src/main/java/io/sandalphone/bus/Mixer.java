package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Adds the tracks of one bus, 20 ms at a time: an integer sum, cut off at the greatest sample there is
/// (saturated, never wrapped around). Holds no clock.
final class Mixer {
    private static final short[] SILENCE = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];

    private final int[] sum = new int[SILENCE.length];
    // The one track there is so far, where it is heard as it is.
    private short @Nullable [] alone;
    private boolean summed;

    /// Adds a track as it is. `pcm` is not to change afterwards.
    void add(short[] pcm) {
        if (!summed && alone == null) {
            alone = pcm;
            return;
        }
        sumUp();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += pcm[i];
        }
    }

    /// Adds a track at the level that `gain` gives it.
    void add(short[] pcm, GainRamp gain) {
        if (gain.isFull()) {
            add(pcm);
        } else {
            sumUp();
            gain.add(pcm, sum);
        }
    }

    private void sumUp() {
        short[] first = alone;
        alone = null;
        summed = true;
        if (first != null) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += first[i];
            }
        }
    }

    /// What was added, and begins anew. Silence when that was nothing.
    short[] take() {
        short[] mixed = alone == null ? SILENCE : alone;
        if (summed) {
            mixed = new short[sum.length];
            for (int i = 0; i < sum.length; i++) {
                mixed[i] = saturated(sum[i]);
            }
            Arrays.fill(sum, 0);
        }
        alone = null;
        summed = false;
        return mixed;
    }

    private static short saturated(int sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }
}
