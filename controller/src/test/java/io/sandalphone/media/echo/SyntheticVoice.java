package io.sandalphone.media.echo;

import io.sandalphone.media.AudioFrame;

import java.util.Random;

/// Sound that is like a voice in what an echo detector looks at: syllables of 120 to 300 ms, voiced by
/// pulses of a pitch that wanders, through two formants, with pauses between. 8 kHz.
public final class SyntheticVoice {
    private static final int RATE = AudioFrame.TELEPHONE_RATE;

    private SyntheticVoice() {}

    /// So many seconds of it, about 22 dB under a full tone.
    public static double[] say(long seed, double seconds) {
        var random = new Random(seed);
        var sound = new double[(int) (seconds * RATE)];
        int at = 0;
        double pitch = 90 + random.nextInt(120);
        while (at < sound.length) {
            int length = (120 + random.nextInt(180)) * RATE / 1000;
            syllable(sound, at, length, pitch, random);
            pitch *= 0.9 + 0.2 * random.nextDouble();
            at += length + random.nextInt(80) * RATE / 1000;
        }
        double energy = 0;
        for (double value : sound) {
            energy += value * value;
        }
        double gain = 2600 / Math.sqrt(energy / sound.length);
        for (int i = 0; i < sound.length; i++) {
            sound[i] *= gain;
        }
        return sound;
    }

    private static void syllable(double[] sound, int at, int length, double pitch, Random random) {
        double[] formants = {300 + random.nextInt(600), 900 + random.nextInt(1600)};
        var states = new double[2][2];
        double phase = 0;
        for (int i = 0; i < length && at + i < sound.length; i++) {
            phase += pitch / RATE;
            double source = 0.15 * random.nextGaussian();
            if (phase >= 1) {
                phase--;
                source += 3;
            }
            double out = 0;
            for (int f = 0; f < 2; f++) {
                double radius = 0.96;
                double value =
                        source
                                + 2
                                        * radius
                                        * Math.cos(2 * Math.PI * formants[f] / RATE)
                                        * states[f][0]
                                - radius * radius * states[f][1];
                states[f][1] = states[f][0];
                states[f][0] = value;
                out += value;
            }
            sound[at + i] = out * Math.sin(Math.PI * i / length);
        }
    }

    /// `sound`, so many decibels softer and so many milliseconds later.
    public static double[] echo(double[] sound, int delayMillis, double softerDb) {
        int delay = delayMillis * RATE / 1000;
        double gain = Math.pow(10, -softerDb / 20);
        var echo = new double[sound.length + delay];
        for (int i = 0; i < sound.length; i++) {
            echo[i + delay] = gain * sound[i];
        }
        return echo;
    }

    /// Both at once, as long as the longer one.
    public static double[] mix(double[] one, double[] other) {
        var mixed = new double[Math.max(one.length, other.length)];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (i < one.length ? one[i] : 0) + (i < other.length ? other[i] : 0);
        }
        return mixed;
    }
}
