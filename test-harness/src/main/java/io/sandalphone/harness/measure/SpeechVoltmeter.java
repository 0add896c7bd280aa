package io.sandalphone.harness.measure;

import java.util.Arrays;

/// The speech voltmeter of ITU-T P.56, method B: it measures, for each of a row of thresholds, how
/// long the envelope was above it, and settles where the level while active is 15.9 dB over the
/// threshold that defines "active".
final class SpeechVoltmeter {
    private static final int THRESHOLDS = 15;
    private static final double ENVELOPE_SECONDS = 0.03;
    private static final double HANGOVER_SECONDS = 0.2;
    private static final double MARGIN_DB = 15.9;

    private final double smoothing;
    private final int hangover;

    SpeechVoltmeter(int rate) {
        smoothing = Math.exp(-1 / (rate * ENVELOPE_SECONDS));
        hangover = (int) Math.ceil(rate * HANGOVER_SECONDS);
    }

    double measure(short[] pcm) {
        long[] active = new long[THRESHOLDS];
        double energy = 0;
        int[] sinceActive = new int[THRESHOLDS];
        Arrays.fill(sinceActive, hangover);
        double once = 0;
        double envelope = 0;
        for (short sample : pcm) {
            energy += (double) sample * sample;
            once = smoothing * once + (1 - smoothing) * Math.abs((int) sample);
            envelope = smoothing * envelope + (1 - smoothing) * once;
            for (int j = 0; j < THRESHOLDS; j++) {
                if (envelope >= threshold(j)) {
                    sinceActive[j] = 0;
                    active[j]++;
                } else if (sinceActive[j] < hangover) {
                    sinceActive[j]++;
                    active[j]++;
                }
            }
        }
        return settle(energy, active);
    }

    private static double threshold(int j) {
        return 1 << j;
    }

    private static double settle(double energy, long[] active) {
        double lastLevel = 0;
        double lastOver = 0;
        for (int j = 0; j < THRESHOLDS && active[j] > 0; j++) {
            double level = Levels.dbov(Math.sqrt(energy / active[j]));
            double over = level - Levels.dbov(threshold(j));
            if (over <= MARGIN_DB) {
                return j == 0
                        ? level
                        : lastLevel
                                + (level - lastLevel) * (lastOver - MARGIN_DB) / (lastOver - over);
            }
            lastLevel = level;
            lastOver = over;
        }
        return Levels.SILENCE;
    }
}
