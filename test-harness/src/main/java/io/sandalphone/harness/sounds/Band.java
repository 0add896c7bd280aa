package io.sandalphone.harness.sounds;

/// The band of the telephone, 300 to 3400 Hz, by a filter of 201 taps.
public final class Band {
    private static final int HALF = 100;
    private static final double[] TAPS = taps();

    private Band() {}

    private static double[] taps() {
        double[] taps = new double[2 * HALF + 1];
        for (int i = -HALF; i <= HALF; i++) {
            double window = 0.54 + 0.46 * Math.cos(Math.PI * i / HALF);
            taps[i + HALF] = window * (low(3400, i) - low(300, i));
        }
        return taps;
    }

    private static double low(double hertz, int i) {
        double share = 2 * hertz / Dbm0.RATE;
        return i == 0 ? share : Math.sin(Math.PI * share * i) / (Math.PI * i);
    }

    /// What of the sound, at 8 kHz, passes through it.
    public static double[] telephone(double[] sound) {
        double[] out = new double[sound.length];
        for (int i = 0; i < sound.length; i++) {
            double sum = 0;
            int from = Math.max(0, i - HALF);
            int to = Math.min(sound.length - 1, i + HALF);
            for (int j = from; j <= to; j++) {
                sum += TAPS[j - i + HALF] * sound[j];
            }
            out[i] = sum;
        }
        return out;
    }
}
