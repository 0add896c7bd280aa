package io.sandalphone.media.codec;

import java.util.Arrays;

/// 16 kHz to 8 kHz. What lies above 4 kHz is removed before it could fold into the telephone's band.
/// Every piece holds an even number of samples.
public final class Downsampler implements Resampler {
    private double[] even = new double[HalfBandFilter.SPAN];
    private double[] odd = new double[HalfBandFilter.SPAN];

    @Override
    public short[] resample(short[] pcm) {
        if (pcm.length % 2 != 0) {
            throw new IllegalArgumentException("two to one, but " + pcm.length + " samples");
        }
        int span = HalfBandFilter.SPAN;
        int count = pcm.length / 2;
        var evens = Arrays.copyOf(even, span + count);
        var odds = Arrays.copyOf(odd, span + count);
        for (int i = 0; i < count; i++) {
            evens[span + i] = pcm[2 * i];
            odds[span + i] = pcm[2 * i + 1];
        }
        var out = new short[count];
        // The middle coefficient meets an even sample; all the others meet odd ones.
        for (int i = 0; i < count; i++) {
            double middle = evens[i + span / 2 + 1] / 2;
            out[i] = HalfBandFilter.clip(middle + HalfBandFilter.sides(odds, i + 1));
        }
        even = Arrays.copyOfRange(evens, count, count + span);
        odd = Arrays.copyOfRange(odds, count, count + span);
        return out;
    }

    @Override
    public void reset() {
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
    }
}
