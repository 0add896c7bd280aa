package io.sandalphone.harness.sounds;

import io.sandalphone.media.codec.G711;

/// What is left of a sound behind a telephone's coding.
public final class Coding {
    private Coding() {}

    /// The sound, in steps of 16 bits, as mu-law leaves it.
    public static short[] muLaw(double[] sound) {
        return through(sound, Variant.Line.MU_LAW);
    }

    static short[] through(double[] sound, Variant.Line line) {
        var pcm = new short[sound.length];
        for (int i = 0; i < pcm.length; i++) {
            short sample =
                    (short) Math.clamp(Math.round(sound[i]), Short.MIN_VALUE, Short.MAX_VALUE);
            pcm[i] =
                    switch (line) {
                        case MU_LAW -> once(G711.MU_LAW, sample);
                        case A_LAW -> once(G711.A_LAW, once(G711.MU_LAW, sample));
                        case MU_LAW_TWICE -> once(G711.MU_LAW, once(G711.MU_LAW, sample));
                    };
        }
        return pcm;
    }

    private static short once(G711 law, short sample) {
        return law.decode(law.encode(sample));
    }
}
