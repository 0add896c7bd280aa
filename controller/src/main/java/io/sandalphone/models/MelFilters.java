package io.sandalphone.models;

/// The triangular filters of a mel spectrum, as Slaney's Auditory Toolbox has them: linear up to 1 kHz,
/// logarithmic above, each of the same area. Computed in the order of operations that gives the numbers
/// which stand in whisper.cpp's files.
final class MelFilters {
    private static final double HERTZ_PER_MEL = 200.0 / 3;
    private static final double KNEE_HERTZ = 1000;
    private static final double KNEE_MEL = KNEE_HERTZ / HERTZ_PER_MEL;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    private MelFilters() {}

    /// `count` filters over the bins of a Fourier transform of `size` samples at `rate`.
    static float[][] slaney(int rate, int size, int count) {
        int bins = 1 + size / 2;
        double nyquist = rate / 2.0;
        double[] frequencies = evenly(0, nyquist, bins);
        double[] edges = evenly(0, mel(nyquist), count + 2);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = hertz(edges[i]);
        }
        float[][] filters = new float[count][bins];
        for (int i = 0; i < count; i++) {
            double area = 2.0 / (edges[i + 2] - edges[i]);
            for (int bin = 0; bin < bins; bin++) {
                double rising = -(edges[i] - frequencies[bin]) / (edges[i + 1] - edges[i]);
                double falling = (edges[i + 2] - frequencies[bin]) / (edges[i + 2] - edges[i + 1]);
                float height = (float) Math.max(0, Math.min(rising, falling));
                filters[i][bin] = (float) (height * area);
            }
        }
        return filters;
    }

    private static double[] evenly(double from, double to, int count) {
        double step = (to - from) / (count - 1);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = i * step + from;
        }
        values[count - 1] = to;
        return values;
    }

    private static double mel(double hertz) {
        return hertz >= KNEE_HERTZ
                ? KNEE_MEL + Math.log(hertz / KNEE_HERTZ) / LOG_STEP
                : hertz / HERTZ_PER_MEL;
    }

    private static double hertz(double mel) {
        return mel >= KNEE_MEL
                ? KNEE_HERTZ * Math.exp(LOG_STEP * (mel - KNEE_MEL))
                : HERTZ_PER_MEL * mel;
    }
}
