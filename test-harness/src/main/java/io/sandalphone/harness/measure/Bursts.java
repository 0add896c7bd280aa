package io.sandalphone.harness.measure;

import java.util.ArrayList;
import java.util.List;

/// Where a clean recording of one voice sounds and where it is silent, by its level alone.
public final class Bursts {
    private static final int HOP = 5 * Signal.PER_MILLI;

    /// Pauses shorter than this, between the words and at stops, do not end a burst.
    private static final int PAUSE = 250 * Signal.PER_MILLI;

    private static final int SHORTEST = 40 * Signal.PER_MILLI;

    /// Silence is 30 dB below the loud parts of the voice, and anything below -60 dBFS.
    private static final double BELOW_LOUD = Math.pow(10, -30 / 20.0);

    private static final double LEAST = Signal.FULL_SCALE * Math.pow(10, -60 / 20.0);

    private Bursts() {}

    /// The bursts of speech in `pcm` (8 kHz), in order, each to 5 ms.
    public static List<Span> of(short[] pcm) {
        double[] signal = Signal.of(pcm);
        int hops = pcm.length / HOP;
        double[] levels = new double[hops];
        for (int i = 0; i < hops; i++) {
            levels[i] = Math.sqrt(Signal.energy(signal, i * HOP, (i + 1) * HOP) / HOP);
        }
        double threshold = Math.max(LEAST, loud(levels) * BELOW_LOUD);
        List<Span> bursts = new ArrayList<>();
        int start = -1;
        int end = -1;
        for (int i = 0; i < hops; i++) {
            if (levels[i] < threshold) {
                continue;
            }
            if (start >= 0 && i * HOP - end > PAUSE) {
                add(bursts, start, end);
                start = -1;
            }
            if (start < 0) {
                start = i * HOP;
            }
            end = (i + 1) * HOP;
        }
        if (start >= 0) {
            add(bursts, start, end);
        }
        return bursts;
    }

    private static void add(List<Span> bursts, int start, int end) {
        if (end - start >= SHORTEST) {
            bursts.add(new Span(start, end));
        }
    }

    /// The level that one in twenty of the sounding hops exceeds.
    private static double loud(double[] levels) {
        double[] sounding =
                java.util.Arrays.stream(levels).filter(l -> l > LEAST).sorted().toArray();
        return sounding.length == 0 ? 0 : sounding[sounding.length * 95 / 100];
    }
}
