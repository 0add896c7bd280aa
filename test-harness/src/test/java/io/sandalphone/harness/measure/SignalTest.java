package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Random;

class SignalTest {
    @Test
    void sliding_dot_products_are_those_counted_by_hand() {
        Random random = new Random(7);
        double[] pattern = random.doubles(37, -1, 1).toArray();
        double[] signal = random.doubles(100, -1, 1).toArray();
        double[] expected = new double[136];
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < pattern.length; k++) {
                int at = i - 36 + k;
                if (at >= 0 && at < signal.length) {
                    expected[i] += pattern[k] * signal[at];
                }
            }
        }
        assertArrayEquals(expected, Signal.slidingDotProducts(pattern, signal), 1e-9);
    }

    @Test
    void a_tone_has_all_its_energy_in_one_line_of_its_spectrum() {
        Fft fft = new Fft(64);
        double[] re = new double[64];
        double[] im = new double[64];
        for (int i = 0; i < 64; i++) {
            re[i] = Math.cos(2 * Math.PI * 5 * i / 64);
        }
        fft.forward(re, im);
        for (int i = 0; i < 64; i++) {
            assertEquals(i == 5 || i == 59 ? 32 : 0, Math.hypot(re[i], im[i]), 1e-9, "line " + i);
        }
    }

    @Test
    void a_transform_and_its_inverse_give_back_the_signal_times_its_length() {
        Random random = new Random(3);
        double[] signal = random.doubles(256, -1, 1).toArray();
        double[] re = signal.clone();
        double[] im = new double[256];
        Fft fft = Fft.holding(200);
        fft.forward(re, im);
        fft.inverse(re, im);
        for (int i = 0; i < 256; i++) {
            assertEquals(signal[i], re[i] / 256, 1e-12);
            assertEquals(0, im[i] / 256, 1e-12);
        }
    }
}
