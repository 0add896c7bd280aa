package io.sandalphone.harness.measure;

/// The radix-2 fast Fourier transform of one length, in place, on separate real and imaginary parts.
/// Unscaled: forward then inverse multiplies by the length.
final class Fft {
    private final int length;
    private final double[] cosines;
    private final double[] sines;

    /// `length` is a power of two.
    Fft(int length) {
        if (length < 2 || Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException("not a power of two: " + length);
        }
        this.length = length;
        cosines = new double[length / 2];
        sines = new double[length / 2];
        for (int i = 0; i < length / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / length);
            sines[i] = Math.sin(2 * Math.PI * i / length);
        }
    }

    /// The transform whose length is the smallest power of two that holds `samples`.
    static Fft holding(int samples) {
        return new Fft(samples <= 2 ? 2 : Integer.highestOneBit(samples - 1) << 1);
    }

    int length() {
        return length;
    }

    void forward(double[] real, double[] imaginary) {
        transform(real, imaginary);
    }

    void inverse(double[] real, double[] imaginary) {
        // Exchanging the parts conjugates before and after, which is all the inverse differs in.
        transform(imaginary, real);
    }

    private void transform(double[] re, double[] im) {
        int shift = Integer.numberOfLeadingZeros(length) + 1;
        for (int i = 0; i < length; i++) {
            int mirrored = Integer.reverse(i) >>> shift;
            if (mirrored > i) {
                double t = re[i];
                re[i] = re[mirrored];
                re[mirrored] = t;
                t = im[i];
                im[i] = im[mirrored];
                im[mirrored] = t;
            }
        }
        for (int half = 1; half < length; half *= 2) {
            int step = length / (2 * half);
            for (int block = 0; block < length; block += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double cos = cosines[k * step];
                    double sin = sines[k * step];
                    int a = block + k;
                    int b = a + half;
                    double r = re[b] * cos + im[b] * sin;
                    double i = im[b] * cos - re[b] * sin;
                    re[b] = re[a] - r;
                    im[b] = im[a] - i;
                    re[a] += r;
                    im[a] += i;
                }
            }
        }
    }
}
