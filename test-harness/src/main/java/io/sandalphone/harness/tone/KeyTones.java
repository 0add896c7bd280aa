package io.sandalphone.harness.tone;

import io.sandalphone.harness.measure.Levels;

/// Finds the keys of telephones in sound (8 kHz) by their two tones (ITU-T Q.23), as a machine at the other
/// end does: each must sound for 40 ms, with 40 ms between two (Q.24).
public final class KeyTones {
    private static final int[] LOW = {697, 770, 852, 941};
    private static final int[] HIGH = {1209, 1336, 1477, 1633};
    private static final String KEYS = "123A456B789C*0#D";
    private static final int RATE = 8000;
    private static final int WINDOW = RATE * 20 / 1000;

    /// Each of the two, in dBov; a receiver must take them down to here.
    private static final double QUIETEST = -31;

    /// How much of the sound the two must be, in dB.
    private static final double MOST_BESIDE = 1.5;

    private KeyTones() {}

    /// The keys, in order.
    public static String heard(short[] pcm) {
        var keys = new StringBuilder();
        char before = ' ';
        char told = ' ';
        for (int start = 0; start + WINDOW <= pcm.length; start += WINDOW) {
            char key = keyOf(pcm, start);
            if (key == before && key != told) {
                told = key;
                if (key != ' ') {
                    keys.append(key);
                }
            }
            before = key;
        }
        return keys.toString();
    }

    /// The key whose tones fill the window; a blank when none do.
    private static char keyOf(short[] pcm, int start) {
        int low = loudest(pcm, start, LOW);
        int high = loudest(pcm, start, HIGH);
        double one = level(pcm, start, LOW[low]);
        double other = level(pcm, start, HIGH[high]);
        double both = 10 * Math.log10(Math.pow(10, one / 10) + Math.pow(10, other / 10));
        boolean pressed = Math.min(one, other) > QUIETEST && all(pcm, start) - both < MOST_BESIDE;
        return pressed ? KEYS.charAt(4 * low + high) : ' ';
    }

    private static int loudest(short[] pcm, int start, int[] tones) {
        int loudest = 0;
        for (int i = 1; i < tones.length; i++) {
            if (level(pcm, start, tones[i]) > level(pcm, start, tones[loudest])) {
                loudest = i;
            }
        }
        return loudest;
    }

    private static double level(short[] pcm, int start, int hertz) {
        double real = 0;
        double imaginary = 0;
        double step = 2 * Math.PI * hertz / RATE;
        for (int i = 0; i < WINDOW; i++) {
            real += pcm[start + i] * Math.cos(step * i);
            imaginary += pcm[start + i] * Math.sin(step * i);
        }
        return Levels.dbov(Math.sqrt(2) * Math.hypot(real, imaginary) / WINDOW);
    }

    private static double all(short[] pcm, int start) {
        double square = 0;
        for (int i = start; i < start + WINDOW; i++) {
            square += (double) pcm[i] * pcm[i];
        }
        return Levels.dbov(Math.sqrt(square / WINDOW));
    }
}
