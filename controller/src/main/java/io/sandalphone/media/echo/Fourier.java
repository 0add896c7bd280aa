package io.sandalphone.media.echo;

/// The discrete Fourier transform of complex sequences of one length, a power of two, in place.
/// Immutable; one serves all.
final class Fourier {
    private final int size;
    private final float[] cos;
    private final float[] sin;
    private final int[] reversed;

    Fourier(int size) {
        if (Integer.bitCount(size) != 1 || size < 2) {
            throw new IllegalArgumentException(size + " is no power of two");
        }
        this.size = size;
        cos = new float[size / 2];
        sin = new float[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cos[i] = (float) Math.cos(2 * Math.PI * i / size);
            sin[i] = (float) Math.sin(2 * Math.PI * i / size);
        }
        reversed = new int[size];
        int unused = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 0; i < size; i++) {
            reversed[i] = Integer.reverse(i) >>> unused;
        }
    }

    int size() {
        return size;
    }

    /// Transforms `real` and `imaginary`. Doing it again with the parts exchanged gives the sequence
    /// back, multiplied by the size.
    void transform(float[] real, float[] imaginary) {
        for (int i = 0; i < size; i++) {
            int j = reversed[i];
            if (i < j) {
                swap(real, i, j);
                swap(imaginary, i, j);
            }
        }
        for (int half = 1; half < size; half *= 2) {
            int step = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int i = 0; i < half; i++) {
                    int a = start + i;
                    int b = a + half;
                    float re = real[b] * cos[i * step] + imaginary[b] * sin[i * step];
                    float im = imaginary[b] * cos[i * step] - real[b] * sin[i * step];
                    real[b] = real[a] - re;
                    imaginary[b] = imaginary[a] - im;
                    real[a] += re;
                    imaginary[a] += im;
                }
            }
        }
    }

    private static void swap(float[] values, int i, int j) {
        float value = values[i];
        values[i] = values[j];
        values[j] = value;
    }
}
