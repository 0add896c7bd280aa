package io.sandalphone.harness.sounds;

import java.util.SplittableRandom;

/// The eight pieces of music of `progress-sounds.md`, 30 s each, before they are scaled.
final class Music {
    static final int PIECES = 8;

    /// The one that has a voice's line and rhythm, without words.
    static final int SOLO = 6;

    static final double SECONDS = 30;

    private static final int LENGTH = Dbm0.samples(SECONDS);
    private static final int[][] CHORDS = {
        {60, 64, 67, 71}, {57, 60, 64, 67}, {62, 65, 69, 72}, {55, 59, 62, 65}
    };
    private static final double HIGHEST = 3600;

    private Music() {}

    /// A piece, from 1, with the chance that belongs to it.
    static double[] piece(int number) {
        return switch (number) {
            case 1 -> pad();
            case 2 -> arpeggio();
            case 3 -> piano();
            case 4 -> drums(4);
            case 5 -> strings();
            case SOLO -> solo(SOLO);
            case 7 -> everything();
            case 8 -> chip();
            default -> throw new IllegalArgumentException("no piece " + number);
        };
    }

    private static double hertz(int note) {
        return 440 * Math.pow(2, (note - 69) / 12.0);
    }

    private static double time(int sample) {
        return (double) sample / Dbm0.RATE;
    }

    /// Linear from 0 within `attack`, to 0 within the last `release` seconds.
    private static double envelope(double t, double length, double attack, double release) {
        return Math.max(0, Math.min(1, Math.min(t / attack, (length - t) / release)));
    }

    private interface Sound {
        double at(double t);
    }

    private static void add(double[] sound, double start, double seconds, Sound note) {
        int from = Dbm0.samples(start);
        int length = Dbm0.samples(seconds);
        for (int i = 0; i < length && from + i < sound.length; i++) {
            sound[from + i] += note.at(time(i));
        }
    }

    private static double[] pad() {
        double[] sound = new double[LENGTH];
        double bar = 4 * 60 / 72.0;
        for (int index = 0; index * bar < SECONDS; index++) {
            for (int note : CHORDS[index % 4]) {
                double f = hertz(note);
                add(sound, index * bar, bar, t -> envelope(t, bar, 0.08, 0.2) * partials(f, 6, t));
            }
        }
        return sound;
    }

    private static double partials(double f, int most, double t) {
        double sum = 0;
        for (int k = 1; k <= most && k * f <= HIGHEST; k++) {
            sum += Math.sin(2 * Math.PI * k * f * t) / k;
        }
        return sum;
    }

    private static double[] arpeggio() {
        double[] sound = new double[LENGTH];
        int[] order = {0, 1, 2, 3, 2, 1, 0, 1};
        double eighth = 60 / 112.0 / 2;
        for (int index = 0; index * eighth < SECONDS; index++) {
            double f = hertz(CHORDS[index / 8 % 4][order[index % 8]] + 12);
            add(
                    sound,
                    index * eighth,
                    1.2,
                    t -> {
                        double sum = 0;
                        for (int k = 1; k <= 5 && k * f <= HIGHEST; k++) {
                            sum +=
                                    Math.pow(0.6, k - 1)
                                            * Math.exp(-t * (3 + 1.5 * k))
                                            * Math.sin(2 * Math.PI * k * f * t);
                        }
                        return envelope(t, 1.2, 0.004, 0.02) * sum;
                    });
        }
        return sound;
    }

    private static double[] piano() {
        double[] sound = new double[LENGTH];
        var random = new SplittableRandom(3);
        double beat = 60 / 84.0;
        for (int index = 0; index * beat < SECONDS; index++) {
            int[] chord = CHORDS[index / 4 % 4];
            int high = chord[(int) (4 * random.nextDouble())] + 12;
            strike(sound, index * beat, chord[0] - 12, 1.0);
            strike(sound, index * beat, chord[1], 0.6);
            strike(sound, index * beat, chord[2], 0.6);
            strike(sound, index * beat, high, 0.9);
        }
        return sound;
    }

    private static void strike(double[] sound, double start, int note, double loudness) {
        double f = hertz(note);
        add(
                sound,
                start,
                2,
                t -> {
                    double sum = 0;
                    for (int k = 1; k <= 8; k++) {
                        double partial = k * f * Math.sqrt(1 + 0.0004 * k * k);
                        if (partial <= HIGHEST) {
                            sum +=
                                    Math.pow(k, -1.1)
                                            * Math.exp(-t * (1.2 + 0.5 * k))
                                            * Math.sin(2 * Math.PI * partial * t);
                        }
                    }
                    return loudness * envelope(t, 2, 0.003, 0.05) * sum;
                });
    }

    private static double[] drums(long seed) {
        double[] sound = new double[LENGTH];
        var random = new SplittableRandom(seed);
        String kick = "x...x...x..xx...";
        String snare = "....x.......x..x";
        String hat = "x.x.x.x.x.x.x.xx";
        double sixteenth = 60 / 100.0 / 4;
        for (int index = 0; index * sixteenth < SECONDS; index++) {
            double start = index * sixteenth;
            if (kick.charAt(index % 16) == 'x') {
                double[] phase = {0};
                add(
                        sound,
                        start,
                        0.18,
                        t -> {
                            double here = Math.exp(-t / 0.06) * Math.sin(phase[0]);
                            phase[0] += 2 * Math.PI * (50 + 70 * Math.exp(-t / 0.04)) / Dbm0.RATE;
                            return here;
                        });
            }
            if (snare.charAt(index % 16) == 'x') {
                Sound noise = noise(random, 1000, 0.2);
                add(
                        sound,
                        start,
                        0.2,
                        t ->
                                Math.exp(-t / 0.05)
                                        * (0.7 * noise.at(t)
                                                + 0.4 * Math.sin(2 * Math.PI * 190 * t)));
            }
            if (hat.charAt(index % 16) == 'x') {
                Sound noise = noise(random, 3000, 0.06);
                add(sound, start, 0.06, t -> 0.4 * Math.exp(-t / 0.015) * noise.at(t));
            }
        }
        return sound;
    }

    private static Sound noise(SplittableRandom random, double cutoff, double seconds) {
        double a = Math.exp(-2 * Math.PI * cutoff / Dbm0.RATE);
        double[] out = new double[Dbm0.samples(seconds)];
        double before = 0;
        double last = 0;
        for (int i = 0; i < out.length; i++) {
            double x = 2 * random.nextDouble() - 1;
            last = a * (last + x - before);
            before = x;
            out[i] = last;
        }
        return t -> out[Dbm0.samples(t)];
    }

    private static double[] strings() {
        double[] sound = new double[LENGTH];
        double bar = 4;
        for (int index = 0; index * bar < SECONDS; index++) {
            for (int voice = 0; voice < 3; voice++) {
                double f = hertz(CHORDS[index % 4][voice]);
                double vibrato = 5.5 + 0.2 * voice;
                double[] phase = {0};
                add(
                        sound,
                        index * bar,
                        bar,
                        t -> {
                            double sum = 0;
                            for (int k = 1; k <= 14 && k * f <= HIGHEST; k++) {
                                sum += Math.sin(k * phase[0]) / k;
                            }
                            double depth = Math.clamp((t - 0.3) / 0.4, 0.0, 1.0);
                            double cents = 20 * depth * Math.sin(2 * Math.PI * vibrato * t);
                            phase[0] += 2 * Math.PI * f * Math.pow(2, cents / 1200) / Dbm0.RATE;
                            return envelope(t, bar, 1.0, 0.4) * sum;
                        });
            }
        }
        return sound;
    }

    /// A line like a voice's, without words.
    static double[] solo(long seed) {
        int[] notes = {50, 53, 55, 57, 60, 62, 65, 67};
        double[] sound = new double[LENGTH];
        var random = new SplittableRandom(seed);
        int index = 3;
        double at = 0.2;
        double last = hertz(notes[index]);
        while (at < 29) {
            double end = at + 1.2 + 1.3 * random.nextDouble();
            while (at < end) {
                double length = 0.12 + 0.23 * random.nextDouble();
                index = Math.clamp(index + (int) (5 * random.nextDouble()) - 2, 0, 7);
                double f = hertz(notes[index]);
                var first = new Resonator(500 + 300 * random.nextDouble(), 120);
                var second = new Resonator(1100 + 700 * random.nextDouble(), 160);
                double loudness = 0.6 + 0.4 * random.nextDouble();
                double from = last;
                double[] phase = {0};
                add(
                        sound,
                        at,
                        length,
                        t -> {
                            double glide = Math.min(1, t / 0.06);
                            double pitch = from * Math.pow(f / from, glide);
                            double depth = Math.clamp((t - 0.1) / 0.1, 0.0, 1.0);
                            double cents = 15 * depth * Math.sin(2 * Math.PI * 5 * t);
                            pitch *= Math.pow(2, cents / 1200);
                            double sum = 0;
                            for (int k = 1; k <= 20 && k * pitch <= HIGHEST; k++) {
                                sum += Math.sin(k * phase[0]) / k;
                            }
                            phase[0] += 2 * Math.PI * pitch / Dbm0.RATE;
                            return loudness
                                    * envelope(t, length, 0.02, 0.05)
                                    * (first.pass(sum) + 0.6 * second.pass(sum));
                        });
                last = f;
                at += length + 0.03 + 0.12 * random.nextDouble();
            }
            at += 0.3 + 0.4 * random.nextDouble();
        }
        return sound;
    }

    private static double[] everything() {
        double[] arpeggio = Dbm0.scaled(arpeggio(), 1);
        double[] drums = Dbm0.scaled(drums(7), 1);
        double[] strings = Dbm0.scaled(strings(), 1);
        double[] sound = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            sound[i] = arpeggio[i] + 0.9 * drums[i] + 0.8 * strings[i];
        }
        return sound;
    }

    private static double[] chip() {
        int[] notes = {72, 76, 79, 76, 74, 77, 81, 77, 79, 76, 72, 74, 76, 72, 67, 0};
        double[] sound = new double[LENGTH];
        for (int index = 0; index * 0.25 < SECONDS; index++) {
            int note = notes[index % notes.length];
            if (note > 0) {
                double f = hertz(note);
                add(
                        sound,
                        index * 0.25,
                        0.23,
                        t ->
                                envelope(t, 0.23, 0.005, 0.01)
                                        * (Math.sin(2 * Math.PI * f * t) >= 0 ? 1 : -1));
            }
        }
        return sound;
    }

    /// One formant.
    static final class Resonator {
        private final double a;
        private final double b;
        private double last;
        private double before;

        Resonator(double hertz, double width) {
            double r = Math.exp(-Math.PI * width / Dbm0.RATE);
            a = 2 * r * Math.cos(2 * Math.PI * hertz / Dbm0.RATE);
            b = -r * r;
        }

        double pass(double sample) {
            double out = (1 - a - b) * sample + a * last + b * before;
            before = last;
            last = out;
            return out;
        }
    }
}
