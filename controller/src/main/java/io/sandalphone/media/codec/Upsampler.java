package io.sandalphone.media.codec;

import java.util.Arrays;

/// 8 kHz to 16 kHz. The band above the telephone's, 4 to 8 kHz, is filled with the mirror image of
/// the one below, at a level to choose.
///
/// Zero-stuffing puts that image there; the half-band filter parts it from the voice, and it is added
/// back scaled (spectral folding, the simplest bandwidth extension).
public final class Upsampler implements Resampler {
    private final double image;
    private double[] line = new double[HalfBandFilter.SPAN];

    private Upsampler(double image) {
        this.image = image;
    }

    /// Leaves 4 to 8 kHz empty: what a listener wants.
    public static Upsampler narrowBand() {
        return new Upsampler(0);
    }

    /// Fills 4 to 8 kHz with the mirror image at 0.4 of its level: what a recognizer trained on
    /// wide-band speech wants. Against plain resampling this makes telephone speech intelligible to
    /// PocketSphinx's 16 kHz model.
    public static Upsampler spectralFolding() {
        return new Upsampler(0.4);
    }

    @Override
    public short[] resample(short[] pcm) {
        int span = HalfBandFilter.SPAN;
        var input = Arrays.copyOf(line, span + pcm.length);
        for (int i = 0; i < pcm.length; i++) {
            input[span + i] = pcm[i];
        }
        var out = new short[2 * pcm.length];
        // Of the two outputs for each input, one falls on a sample (the middle coefficient alone),
        // the next between two (all the others). The image, stuffed minus low-passed, is the same
        // with every other sign turned.
        for (int i = 0; i < pcm.length; i++) {
            double on = input[i + span / 2];
            double between = 2 * HalfBandFilter.sides(input, i + 1);
            out[2 * i] = HalfBandFilter.clip(on + image * on);
            out[2 * i + 1] = HalfBandFilter.clip(between - image * between);
        }
        line = Arrays.copyOfRange(input, pcm.length, pcm.length + span);
        return out;
    }

    @Override
    public void reset() {
        Arrays.fill(line, 0);
    }
}
