package io.sandalphone.harness.converse;

import io.sandalphone.harness.measure.Levels;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Sounds of callers that are no words, and of what is around them, made by rule: 8 kHz mono PCM.
final class NoiseSound {
    private static final int RATE = 8000;
    private static final double LEVEL = -22;
    private static final double SOFT = -34;
    private static final double[] CHORD = {220, 277.2, 329.6, 440};

    private NoiseSound() {}

    /// `noise`, for so long, as loud as people speak.
    static short[] of(Noise noise, Duration lasting) {
        int samples = (int) (lasting.toMillis() * RATE / 1000);
        var chance = new SplittableRandom(noise.name().hashCode());
        double[] sound = new double[samples];
        double smooth = 0;
        for (int i = 0; i < samples; i++) {
            double t = (double) i / RATE;
            double of = (double) i / samples;
            double white = chance.nextDouble(-1, 1);
            smooth += 0.35 * (white - smooth);
            sound[i] =
                    switch (noise) {
                        case COUGH -> smooth * Math.exp(-6 * (of % 0.5)) + 0.2 * voice(t, 140);
                        case SNEEZE -> of < 0.4 ? 0.2 * smooth : white * Math.exp(-4 * (of - 0.4));
                        case LAUGH -> voice(t, 210) * Math.max(0, Math.sin(2 * Math.PI * 5 * t));
                        case BREATH -> smooth * Math.sin(Math.PI * of);
                        case MM_HM ->
                                voice(t, of < 0.45 ? 120 : 150) * (of > 0.4 && of < 0.5 ? 0 : 1);
                        case KNOCK ->
                                (smooth + Math.sin(2 * Math.PI * 180 * t)) * Math.exp(-30 * t);
                    };
        }
        return scaled(sound, noise == Noise.BREATH ? SOFT : LEVEL);
    }

    /// Four seconds of what sounds all the time, which can follow themselves.
    static short[] of(Background background) {
        double[] sound = new double[4 * RATE];
        var chance = new SplittableRandom(background.kind().name().hashCode());
        double low = 0;
        for (int i = 0; i < sound.length; i++) {
            double t = (double) i / RATE;
            double white = chance.nextDouble(-1, 1);
            low += 0.06 * (white - low);
            sound[i] =
                    switch (background.kind()) {
                        case HISS -> white;
                        case STREET -> low * (1 + 0.5 * Math.sin(2 * Math.PI * t / 4));
                        case CAFE ->
                                (low + 0.1 * white) * (1 + 0.6 * Math.sin(2 * Math.PI * 1.5 * t));
                        case MUSIC ->
                                Arrays.stream(CHORD).map(f -> Math.sin(2 * Math.PI * f * t)).sum();
                    };
        }
        return scaled(sound, background.level());
    }

    private static double voice(double t, double pitch) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= 8; harmonic++) {
            sum += Math.sin(2 * Math.PI * pitch * harmonic * t) / harmonic;
        }
        return sum;
    }

    private static short[] scaled(double[] sound, double level) {
        double rms = Math.sqrt(Arrays.stream(sound).map(each -> each * each).average().orElse(0));
        double gain = rms == 0 ? 0 : 32768 * Math.pow(10, level / 20) / rms;
        var pcm = new short[sound.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] =
                    (short)
                            Math.clamp(
                                    Math.round(gain * sound[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return pcm;
    }

    /// `voice` over `background`, which begins anew.
    static short[] mixed(short[] voice, short[] background) {
        var mixed = new short[voice.length];
        for (int i = 0; i < mixed.length; i++) {
            int sum = voice[i] + (background.length == 0 ? 0 : background[i % background.length]);
            mixed[i] = (short) Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return mixed;
    }

    /// Where sound louder than `level` begins in `pcm`, in samples: at a whole 20 ms.
    static int begin(short[] pcm, double level) {
        int frame = RATE / 50;
        for (int at = 0; at + frame <= pcm.length; at += frame) {
            if (Levels.rms(pcm, at, at + frame) > level) {
                return at;
            }
        }
        return 0;
    }
}
