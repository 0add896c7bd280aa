package io.sandalphone.speech.segment;

import java.util.Arrays;
import java.util.Random;

/// Sound of a telephone line made by arithmetic, 8 kHz. Levels are peaks of each part.
final class TestSound {
    private static final int RATE = 8000;

    private TestSound() {}

    static int samples(double seconds) {
        return (int) Math.round(seconds * RATE);
    }

    /// Tones of `hertz` together, for so many milliseconds on and off in turn, as long as `seconds`.
    static double[] tone(double seconds, double peak, double[] hertz, int... onOff) {
        double[] sound = new double[samples(seconds)];
        int start = 0;
        for (int element = 0; start < sound.length; element++) {
            int length =
                    onOff.length == 0
                            ? sound.length
                            : Math.max(1, onOff[element % onOff.length] * RATE / 1000);
            if (element % 2 == 0) {
                burst(sound, start, Math.min(length, sound.length - start), peak, hertz);
            }
            start += length;
        }
        return sound;
    }

    private static void burst(double[] sound, int start, int length, double peak, double[] hertz) {
        for (int i = 0; i < length; i++) {
            int edge = Math.min(i, length - 1 - i);
            double level = peak * Math.min(1, edge / 16.0);
            for (double each : hertz) {
                sound[start + i] += level * Math.sin(2 * Math.PI * each * i / RATE);
            }
        }
    }

    /// Data by frequency shift keying, random bits.
    static double[] data(double seconds, double peak, double mark, double space, double baud) {
        double[] sound = new double[samples(seconds)];
        var bits = new Random(1);
        double phase = 0;
        long at = -1;
        boolean bit = false;
        for (int i = 0; i < sound.length; i++) {
            long now = (long) (i * baud / RATE);
            if (now != at) {
                at = now;
                bit = bits.nextBoolean();
            }
            phase += 2 * Math.PI * (bit ? mark : space) / RATE;
            sound[i] = peak * Math.sin(phase);
        }
        return sound;
    }

    /// Chords of four notes, one after another without a pause, each note with six partials.
    static double[] chords(double seconds, double peak, double chordSeconds) {
        int[][] chords = {{60, 64, 67, 71}, {57, 60, 64, 67}, {62, 65, 69, 72}, {55, 59, 62, 65}};
        double[] sound = new double[samples(seconds)];
        int length = samples(chordSeconds);
        for (int i = 0; i < sound.length; i++) {
            int within = i % length;
            double level = peak * Math.min(1, Math.min(within, length - within) / 400.0);
            for (int note : chords[i / length % chords.length]) {
                double hertz = 440 * Math.pow(2, (note - 69) / 12.0);
                for (int partial = 1; partial <= 6; partial++) {
                    sound[i] +=
                            level
                                    / partial
                                    / 4
                                    * Math.sin(2 * Math.PI * partial * hertz * within / RATE);
                }
            }
        }
        return sound;
    }

    /// Talk without words: four syllables a second at a pitch that rises and falls, vowels in turn, and
    /// a pause after each eight.
    static double[] talk(double seconds, double peak) {
        double[][] vowels = {{700, 1100}, {300, 2200}, {500, 900}, {400, 1800}};
        double[] sound = new double[samples(seconds)];
        double phase = 0;
        var first = new Resonator();
        var second = new Resonator();
        for (int i = 0; i < sound.length; i++) {
            double time = (double) i / RATE;
            int syllable = (int) (time * 4);
            double within = time * 4 - syllable;
            double pitch = 120 + 25 * Math.sin(2 * Math.PI * 0.9 * time) - 40 * (within - 0.5);
            phase += pitch / RATE;
            double pulses = 0;
            for (int partial = 1; partial * pitch < 3600; partial++) {
                pulses += Math.cos(2 * Math.PI * partial * phase);
            }
            boolean silent = syllable % 10 >= 8 || within > 0.85;
            double level = silent ? 0 : Math.sin(Math.PI * within / 0.85);
            double[] vowel = vowels[syllable % vowels.length];
            sound[i] = level * second.pass(first.pass(pulses, vowel[0]), vowel[1]);
        }
        return scaled(sound, peak);
    }

    /// A vowel held, its pitch wandering by 2 %.
    static double[] vowel(double seconds, double peak, double pitch, double one, double two) {
        double[] sound = new double[samples(seconds)];
        double phase = 0;
        var first = new Resonator();
        var second = new Resonator();
        for (int i = 0; i < sound.length; i++) {
            double hertz = pitch * (1 + 0.02 * Math.sin(2 * Math.PI * 1.3 * i / RATE));
            phase += hertz / RATE;
            double pulses = 0;
            for (int partial = 1; partial * hertz < 3600; partial++) {
                pulses += Math.cos(2 * Math.PI * partial * phase);
            }
            double edge = Math.min(1, Math.min(i, sound.length - i) / 240.0);
            sound[i] = edge * second.pass(first.pass(pulses, one), two);
        }
        return scaled(sound, peak);
    }

    private static double[] scaled(double[] sound, double peak) {
        double most = Arrays.stream(sound).map(Math::abs).max().orElseThrow();
        return Arrays.stream(sound).map(sample -> sample * peak / most).toArray();
    }

    static double[] noise(double seconds, double level) {
        var random = new Random(2);
        return random.doubles(samples(seconds)).map(u -> level * (2 * u - 1)).toArray();
    }

    static double[] silence(double seconds) {
        return new double[samples(seconds)];
    }

    static double[] then(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    /// Both at once, `other` from `start` seconds on.
    static double[] over(double[] sound, double[] other, double start) {
        double[] sum = Arrays.copyOf(sound, Math.max(sound.length, samples(start) + other.length));
        for (int i = 0; i < other.length; i++) {
            sum[samples(start) + i] += other[i];
        }
        return sum;
    }

    private static final class Resonator {
        private double last;
        private double before;

        double pass(double sample, double hertz) {
            double radius = Math.exp(-Math.PI * 90 / RATE);
            double a = 2 * radius * Math.cos(2 * Math.PI * hertz / RATE);
            double b = -radius * radius;
            double out = (1 - a - b) * sample + a * last + b * before;
            before = last;
            last = out;
            return out;
        }
    }
}
