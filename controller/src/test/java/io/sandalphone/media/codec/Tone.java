package io.sandalphone.media.codec;

/// Makes pure tones and measures them.
final class Tone {
    private Tone() {}

    static short[] of(double hertz, double amplitude, int rate, int samples) {
        var pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return pcm;
    }

    /// The amplitude of the component at `hertz` in `pcm` between `from` and `to`, in which it should
    /// have whole periods.
    static double amplitude(short[] pcm, int from, int to, double hertz, int rate) {
        double sine = 0;
        double cosine = 0;
        for (int i = from; i < to; i++) {
            sine += pcm[i] * Math.sin(2 * Math.PI * hertz * i / rate);
            cosine += pcm[i] * Math.cos(2 * Math.PI * hertz * i / rate);
        }
        return 2 * Math.hypot(sine, cosine) / (to - from);
    }

    static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }
}
