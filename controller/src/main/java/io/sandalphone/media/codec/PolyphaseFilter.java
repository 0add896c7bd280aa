package io.sandalphone.media.codec;

/// A low-pass filter cut into phases, one for each place an output sample can have between two input
/// samples: what a [RationalResampler] needs to know. Windowed sinc, Kaiser window. Immutable; one
/// serves every stream of its two rates.
///
/// Passes up to 0.9 of the lower rate's Nyquist frequency within 0.1 dB and holds what would fold
/// back at least 60 dB down.
public final class PolyphaseFilter {
    /// Zero crossings of the sinc on each side.
    private static final int CROSSINGS = 40;

    private static final double KAISER_BETA = 6.0;

    /// The middle of the transition, of the lower rate's Nyquist frequency.
    private static final double CUTOFF = 0.95;

    private final int up;
    private final int down;
    private final int taps;
    private final float[][] phases;

    private PolyphaseFilter(int up, int down) {
        this.up = up;
        this.down = down;
        double cutoff = CUTOFF * Math.min(1.0, (double) up / down); // of the input's Nyquist
        int side = (int) Math.ceil(CROSSINGS / cutoff);
        taps = 2 * side;
        phases = new float[up][taps];
        for (int phase = 0; phase < up; phase++) {
            double sum = 0;
            var coefficients = new double[taps];
            for (int tap = 0; tap < taps; tap++) {
                double t = tap - (side - 1) - (double) phase / up;
                double window = KaiserWindow.at(t / side, KAISER_BETA);
                coefficients[tap] = sinc(cutoff * t) * window;
                sum += coefficients[tap];
            }
            for (int tap = 0; tap < taps; tap++) {
                phases[phase][tap] = (float) (coefficients[tap] / sum);
            }
        }
    }

    /// The filter from one rate to another, both in samples per second.
    public static PolyphaseFilter between(int from, int to) {
        int common = greatestCommonDivisor(from, to);
        return new PolyphaseFilter(to / common, from / common);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    int up() {
        return up;
    }

    int down() {
        return down;
    }

    /// Input samples that one output sample looks at.
    int taps() {
        return taps;
    }

    /// The output sample at `phase`, from the [#taps] samples in `line` that begin at `first`.
    double at(int phase, short[] line, int first) {
        float[] coefficients = phases[phase];
        double sum = 0;
        for (int tap = 0; tap < taps; tap++) {
            sum += coefficients[tap] * line[first + tap];
        }
        return sum;
    }
}
