package io.sandalphone.media.echo;

/// The discrete Fourier transform of complex sequences of one length, a power of two, in place. Values are put in
/// where the first stage wants them, at their [#place], so that nothing has to be moved. Immutable; one serves all.
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

    /// Where value `i` is to stand before it is transformed.
    int place(int i) {
        return reversed[i];
    }

    /// The cosine of `i` parts of the turn, of which there are as many as values; of less than half of them.
    float cos(int i) {
        return cos[i];
    }

    /// The same of the sine.
    float sin(int i) {
        return sin[i];
    }

    /// Transforms `real` and `imaginary`, whose values stand at their places; those of the result stand in their order. Doing
    /// it again with the parts exchanged gives the sequence back, multiplied by the size.
    void transform(float[] real, float[] imaginary) {
        int half = 1;
        if (Integer.numberOfTrailingZeros(size) % 2 == 1) {
            for (int a = 0; a < size; a += 2) {
                float re = real[a + 1];
                float im = imaginary[a + 1];
                real[a + 1] = real[a] - re;
                imaginary[a + 1] = imaginary[a] - im;
                real[a] += re;
                imaginary[a] += im;
            }
            half = 2;
        }
        for (; half < size; half *= 4) {
            for (int start = 0; start < size; start += 4 * half) {
                twoStages(real, imaginary, start, half);
            }
        }
    }

    /// What two stages do to the `4 * half` values from `start` on: half the reading and writing.
    private void twoStages(float[] real, float[] imaginary, int start, int half) {
        int step = size / (4 * half);
        for (int i = 0; i < half; i++) {
            int a = start + i;
            int b = a + half;
            int c = b + half;
            int d = c + half;
            float cos1 = cos[2 * i * step];
            float sin1 = sin[2 * i * step];
            float cos2 = cos[i * step];
            float sin2 = sin[i * step];
            float bRe = real[b] * cos1 + imaginary[b] * sin1;
            float bIm = imaginary[b] * cos1 - real[b] * sin1;
            float dRe = real[d] * cos1 + imaginary[d] * sin1;
            float dIm = imaginary[d] * cos1 - real[d] * sin1;
            float sumRe = real[c] + dRe;
            float sumIm = imaginary[c] + dIm;
            float differenceRe = real[c] - dRe;
            float differenceIm = imaginary[c] - dIm;
            float cRe = sumRe * cos2 + sumIm * sin2;
            float cIm = sumIm * cos2 - sumRe * sin2;
            // A quarter of a turn further than the one before.
            float eRe = differenceIm * cos2 - differenceRe * sin2;
            float eIm = -differenceRe * cos2 - differenceIm * sin2;
            float firstRe = real[a] + bRe;
            float firstIm = imaginary[a] + bIm;
            float secondRe = real[a] - bRe;
            float secondIm = imaginary[a] - bIm;
            real[a] = firstRe + cRe;
            imaginary[a] = firstIm + cIm;
            real[b] = secondRe + eRe;
            imaginary[b] = secondIm + eIm;
            real[c] = firstRe - cRe;
            imaginary[c] = firstIm - cIm;
            real[d] = secondRe - eRe;
            imaginary[d] = secondIm - eIm;
        }
    }
}
