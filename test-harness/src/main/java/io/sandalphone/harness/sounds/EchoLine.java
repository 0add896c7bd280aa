package io.sandalphone.harness.sounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// How a telephone sends back what it is sent, and what the line does to what comes from it.
///
/// @param delayMillis how much later an echo comes back
/// @param softerDb how much softer it is than what was sent; [Double#POSITIVE_INFINITY] for no echo
/// @param way what else happens on the way
record EchoLine(int delayMillis, double softerDb, Way way) {
    /// What happens to an echo or to all that comes from the telephone.
    enum Way {
        CLEAN("mu-law"),
        A_LAW("A-law"),
        ROOM("a room's reverberation"),
        CLIPPED("clipped loudspeaker"),
        NOISE("line noise, -50 dBm0"),
        LOST_1("1 % of packets lost"),
        LOST_5("5 % of packets lost"),
        JITTER("jitter up to 60 ms");

        private final String text;

        Way(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final double NONE = Double.POSITIVE_INFINITY;

    private static final int[] DELAYS = {20, 60, 120, 200, 400, 600};
    private static final double[] LEVELS = {10, 20, 30, 35, 40};

    /// A sentence through a loudspeaker that clips is squeezed to a fifth of its range.
    private static final double CLIPPING = 0.2;

    /// In 300 ms a room's reverberation dies by 60 dB; together it is 3 dB under what comes directly.
    private static final double ROOM_SECONDS = 0.3;

    private static final double ROOM_DB = 3;

    /// Every combination.
    static List<EchoLine> all() {
        List<EchoLine> lines = new ArrayList<>();
        for (Way way : Way.values()) {
            for (double level : LEVELS) {
                for (int delay : DELAYS) {
                    lines.add(new EchoLine(delay, level, way));
                }
            }
        }
        return lines;
    }

    /// The same line to a telephone that sends nothing back.
    EchoLine silent() {
        return new EchoLine(delayMillis, NONE, way);
    }

    boolean echoes() {
        return softerDb < NONE;
    }

    /// The share of packets that are lost.
    double lost() {
        return switch (way) {
            case LOST_1 -> 0.01;
            case LOST_5 -> 0.05;
            case CLEAN, A_LAW, ROOM, CLIPPED, NOISE, JITTER -> 0;
        };
    }

    /// Packets come up to so many milliseconds later than the first.
    int jitterMillis() {
        return way == Way.JITTER ? 60 : 10;
    }

    /// What comes from the telephone to which `sent` is played while its person says `said`, as it is
    /// after the line's coding; as long as `said`.
    short[] back(double[] sent, double[] said, SplittableRandom random) {
        double[] sound = said.clone();
        if (echoes()) {
            double[] echo = loudspeaker(sent);
            double gain = Math.pow(10, -softerDb / 20);
            int delay = Dbm0.samples(delayMillis / 1000.0);
            for (int i = 0; i + delay < sound.length && i < echo.length; i++) {
                sound[i + delay] += gain * echo[i];
            }
        }
        double most = Dbm0.rms(way == Way.NOISE ? -50 : -68) * Math.sqrt(3);
        for (int i = 0; i < sound.length; i++) {
            sound[i] += most * (2 * random.nextDouble() - 1);
        }
        return Coding.through(
                sound, way == Way.A_LAW ? Variant.Line.A_LAW : Variant.Line.MU_LAW_TWICE);
    }

    private double[] loudspeaker(double[] sent) {
        return switch (way) {
            case ROOM -> room(sent);
            case CLIPPED -> {
                double most = CLIPPING * Arrays.stream(sent).map(Math::abs).max().orElse(0);
                yield Arrays.stream(sent).map(each -> Math.clamp(each, -most, most)).toArray();
            }
            case CLEAN, A_LAW, NOISE, LOST_1, LOST_5, JITTER -> sent;
        };
    }

    /// Behind what comes directly a tail of noise that dies away: the same room each time.
    private static double[] room(double[] sent) {
        var random = new SplittableRandom(5);
        double[] tail = new double[Dbm0.samples(ROOM_SECONDS)];
        double energy = 0;
        for (int i = Dbm0.samples(0.003); i < tail.length; i++) {
            tail[i] = (2 * random.nextDouble() - 1) * Math.pow(10, -3.0 * i / tail.length);
            energy += tail[i] * tail[i];
        }
        double scale = Math.pow(10, -ROOM_DB / 20) / Math.sqrt(energy);
        double[] reverberant = sent.clone();
        for (int n = 0; n < sent.length; n++) {
            if (sent[n] != 0) {
                for (int i = 0; i < tail.length && n + i < sent.length; i++) {
                    reverberant[n + i] += scale * tail[i] * sent[n];
                }
            }
        }
        return reverberant;
    }
}
