package io.sandalphone.media.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class FourierTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 32, 64})
    void is_the_sum_of_its_definition(int size) {
        var random = new Random(size);
        var real = new float[size];
        var imaginary = new float[size];
        for (int i = 0; i < size; i++) {
            real[i] = random.nextFloat() - 0.5f;
            imaginary[i] = random.nextFloat() - 0.5f;
        }
        var fourier = new Fourier(size);
        var transformed = new float[][] {placed(fourier, real), placed(fourier, imaginary)};
        fourier.transform(transformed[0], transformed[1]);
        for (int k = 0; k < size; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < size; n++) {
                double angle = -2 * Math.PI * k * n / size;
                re += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle);
                im += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle);
            }
            assertEquals(re, transformed[0][k], 1e-4);
            assertEquals(im, transformed[1][k], 1e-4);
        }
    }

    private static float[] placed(Fourier fourier, float... values) {
        var placed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            placed[fourier.place(i)] = values[i];
        }
        return placed;
    }

    @Test
    void with_the_parts_exchanged_it_gives_the_sequence_back() {
        var fourier = new Fourier(8);
        float[] real = placed(fourier, 1, 2, 3, 4, 5, 6, 7, 8);
        float[] imaginary = placed(fourier, 8, 0, 7, 0, 6, 0, 5, 0);
        fourier.transform(real, imaginary);
        real = placed(fourier, real);
        imaginary = placed(fourier, imaginary);
        fourier.transform(imaginary, real);
        for (int i = 0; i < 8; i++) {
            assertEquals(8 * (i + 1), real[i], 1e-4);
            assertEquals(i % 2 == 0 ? 8 * (8 - i / 2) : 0, imaginary[i], 1e-4);
        }
    }

    @Test
    void other_lengths_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Fourier(48));
        assertThrows(IllegalArgumentException.class, () -> new Fourier(1));
    }
}
