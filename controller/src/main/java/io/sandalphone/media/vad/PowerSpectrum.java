package io.sandalphone.media.vad;

/// The power spectrum of the last 64 ms of telephone sound: Hann window, bins 15.625 Hz apart. One
/// instance serves one speaker and allocates nothing.
final class PowerSpectrum {
    static final int SAMPLES = 512;
    static final int BINS = SAMPLES / 2;
    static final double BIN_HERTZ = 8000.0 / SAMPLES;

    private static final int HALF = SAMPLES / 2;
    private static final double[] WINDOW = new double[SAMPLES];
    private static final double[] COS = new double[HALF];
    private static final double[] SIN = new double[HALF];
    private static final int[] REVERSED = new int[HALF];

    static {
        for (int i = 0; i < SAMPLES; i++) {
            WINDOW[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SAMPLES);
        }
        for (int i = 0; i < HALF; i++) {
            COS[i] = Math.cos(2 * Math.PI * i / SAMPLES);
            SIN[i] = Math.sin(2 * Math.PI * i / SAMPLES);
            REVERSED[i] = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(HALF) + 1);
        }
    }

    private final double[] real = new double[HALF];
    private final double[] imaginary = new double[HALF];
    private final double[] power = new double[BINS];

    /// Computes it of `sound`, a ring of [#SAMPLES] samples whose oldest stands at `oldest`. The
    /// result belongs to this object and holds until the next call.
    double[] of(double[] sound, int oldest) {
        // Even samples as real parts, odd ones as imaginary: half the work for real sound.
        for (int i = 0; i < HALF; i++) {
            int to = REVERSED[i];
            real[to] = sound[(oldest + 2 * i) % SAMPLES] * WINDOW[2 * i];
            imaginary[to] = sound[(oldest + 2 * i + 1) % SAMPLES] * WINDOW[2 * i + 1];
        }
        transform();
        power[0] = 0;
        for (int k = 1; k < HALF; k++) {
            int mirror = HALF - k;
            double evenReal = (real[k] + real[mirror]) / 2;
            double evenImaginary = (imaginary[k] - imaginary[mirror]) / 2;
            double oddReal = (imaginary[k] + imaginary[mirror]) / 2;
            double oddImaginary = (real[mirror] - real[k]) / 2;
            double re = evenReal + COS[k] * oddReal + SIN[k] * oddImaginary;
            double im = evenImaginary + COS[k] * oddImaginary - SIN[k] * oddReal;
            power[k] = re * re + im * im;
        }
        return power;
    }

    private void transform() {
        for (int size = 2; size <= HALF; size *= 2) {
            int half = size / 2;
            int step = SAMPLES / size;
            for (int start = 0; start < HALF; start += size) {
                for (int i = 0; i < half; i++) {
                    int a = start + i;
                    int b = a + half;
                    double cos = COS[i * step];
                    double sin = SIN[i * step];
                    double re = real[b] * cos + imaginary[b] * sin;
                    double im = imaginary[b] * cos - real[b] * sin;
                    real[b] = real[a] - re;
                    imaginary[b] = imaginary[a] - im;
                    real[a] += re;
                    imaginary[a] += im;
                }
            }
        }
    }
}
