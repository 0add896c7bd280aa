package io.sandalphone.harness.sounds;

import java.util.List;
import java.util.SplittableRandom;

/// In what way a sound differs from what its row says, and what the line does to it.
///
/// @param level what replaces the row's level, in dBm0; [Double#NaN] for the row's
/// @param cut the part of the first burst that is missing
/// @param noise white noise beneath, in dBm0; [Double#NEGATIVE_INFINITY] for none
/// @param lost the share of frames that are lost
/// @param repeated whether the last frame stands in for one that is lost, and not silence
record Variant(
        String name,
        double level,
        double hertzFactor,
        double durationFactor,
        double cut,
        double noise,
        double lost,
        boolean repeated,
        Line line) {
    private static final int FRAME = 160;

    /// The coding a sound passes through.
    enum Line {
        MU_LAW,
        A_LAW,
        MU_LAW_TWICE
    }

    static final Variant LISTED = new Variant("listed");

    /// How loud comfort noise is.
    private static final double COMFORT = -60;

    private Variant(String name) {
        this(name, Double.NaN, 1, 1, 0, Double.NEGATIVE_INFINITY, 0, false, Line.MU_LAW);
    }

    /// All of `progress-sounds.md`, as listed first.
    static List<Variant> all() {
        return List.of(
                LISTED,
                LISTED.at("-5 dBm0", -5),
                LISTED.at("-25 dBm0", -25),
                LISTED.at("-35 dBm0", -35),
                LISTED.at("clipped", 10),
                LISTED.by("1.5 % higher", 1.015, 1),
                LISTED.by("1.5 % lower", 0.985, 1),
                LISTED.by("10 % longer", 1, 1.1),
                LISTED.by("10 % shorter", 1, 0.9),
                LISTED.by("clock 100 ppm off", 1.0001, 0.9999),
                LISTED.begun("first burst cut", 0.4),
                LISTED.over("noise -50 dBm0", -50),
                LISTED.over("noise -40 dBm0", -40),
                LISTED.over("comfort noise", COMFORT),
                LISTED.losing("1 % lost, repeated", 0.01, true),
                LISTED.losing("1 % lost, silent", 0.01, false),
                LISTED.losing("5 % lost, repeated", 0.05, true),
                LISTED.losing("5 % lost, silent", 0.05, false),
                LISTED.through("A-law", Line.A_LAW),
                LISTED.through("mu-law twice", Line.MU_LAW_TWICE));
    }

    /// Those that music has: its frequencies and durations are its own.
    static List<Variant> ofMusic() {
        return all().stream()
                .filter(each -> each.hertzFactor == 1 && each.durationFactor == 1 && each.cut == 0)
                .toList();
    }

    private Variant at(String as, double dbm0) {
        return new Variant(as, dbm0, 1, 1, 0, noise, 0, false, line);
    }

    private Variant by(String as, double hertz, double duration) {
        return new Variant(as, level, hertz, duration, 0, noise, 0, false, line);
    }

    private Variant begun(String as, double part) {
        return new Variant(as, level, 1, 1, part, noise, 0, false, line);
    }

    private Variant over(String as, double dbm0) {
        return new Variant(as, level, 1, 1, 0, dbm0, 0, false, line);
    }

    private Variant losing(String as, double share, boolean repeat) {
        return new Variant(as, level, 1, 1, 0, noise, share, repeat, line);
    }

    private Variant through(String as, Line coding) {
        return new Variant(as, level, 1, 1, 0, noise, 0, false, coding);
    }

    short[] of(LineSignal signal, double seconds) {
        double dbm0 = Double.isNaN(level) ? signal.dbm0() : level;
        return line(signal.pattern().sound(seconds, dbm0, hertzFactor, durationFactor, cut));
    }

    /// `music` as a whole at the level, or at -15 dBm0. Frequencies and durations are left alone.
    short[] of(double[] music) {
        return line(Dbm0.scaled(music, Dbm0.rms(Double.isNaN(level) ? -15 : level)));
    }

    /// What arrives of a sound, with half a second of silence before it and a second behind.
    private short[] line(double[] sound) {
        double[] whole = new double[4000 + sound.length / FRAME * FRAME + 8000];
        System.arraycopy(sound, 0, whole, 4000, sound.length / FRAME * FRAME);
        var random = new SplittableRandom(11);
        if (noise > Double.NEGATIVE_INFINITY) {
            double most = Dbm0.rms(noise) * Math.sqrt(3);
            for (int i = 0; i < whole.length; i++) {
                whole[i] += most * (2 * random.nextDouble() - 1);
            }
        }
        for (int frame = 1; lost > 0 && frame < whole.length / FRAME; frame++) {
            if (random.nextDouble() < lost) {
                double[] before = repeated ? whole : new double[whole.length];
                System.arraycopy(before, (frame - 1) * FRAME, whole, frame * FRAME, FRAME);
            }
        }
        return Coding.through(whole, line);
    }

    @Override
    public String toString() {
        return name;
    }
}
