package io.sandalphone.harness.sounds;

import java.util.Arrays;

/// Levels on a telephone line, in dBm0. Sound is in 16-bit steps, 8000 samples a second.
public final class Dbm0 {
    static final int RATE = 8000;

    private Dbm0() {}

    static int samples(double seconds) {
        return (int) Math.round(seconds * RATE);
    }

    /// The peak of a sine.
    static double peak(double dbm0) {
        return 32767 * Math.pow(10, (dbm0 - 3.17) / 20);
    }

    /// The root mean square of any sound.
    static double rms(double dbm0) {
        return peak(dbm0) / Math.sqrt(2);
    }

    public static double rms(double[] sound) {
        return Math.sqrt(Arrays.stream(sound).map(each -> each * each).sum() / sound.length);
    }

    /// `sound` as a whole, with this root mean square.
    static double[] scaled(double[] sound, double rms) {
        double factor = rms / rms(sound);
        return Arrays.stream(sound).map(each -> each * factor).toArray();
    }
}
