package io.sandalphone.media.echo;

/// How much of a piece of sound is another piece that went through an echo's path: the best filter of
/// some milliseconds that makes one of the other, by least squares.
final class EchoPath {
    /// Taps of the filter: 8 ms, of which a quarter lies before the delay that was found.
    static final int TAPS = 32;

    static final int BEFORE = TAPS / 4;

    /// Keeps the equations solvable where the sound is a tone.
    private static final double RIDGE = 1e-3;

    private EchoPath() {}

    /// The share, 0 to 1, of the energy of the `length` samples of `heard` that the filter makes of
    /// `sent`. The sample of `sent` that lies at the delay under the first of `heard` stands at `at`;
    /// before it there are at least `TAPS - BEFORE` samples and behind the last [#BEFORE].
    static double explained(float[] heard, int length, float[] sent, int at) {
        double energy = 0;
        for (int n = 0; n < length; n++) {
            energy += (double) heard[n] * heard[n];
        }
        if (energy == 0) {
            return 0;
        }
        // Tap k takes sent[at + BEFORE - k + n].
        int first = at + BEFORE;
        var common = new double[TAPS];
        dots(heard, 0, sent, first, length, common);
        double[][] own = own(sent, first, length);
        double power = own[0][0];
        if (power == 0) {
            return 0;
        }
        for (int k = 0; k < TAPS; k++) {
            own[k][k] += RIDGE * power;
        }
        return Math.max(0, Math.min(1, dot(solve(own, common), common) / energy));
    }

    private static double[][] own(float[] sent, int first, int length) {
        var own = new double[TAPS][TAPS];
        dots(sent, first, sent, first, length, own[0]);
        for (int k = 1; k < TAPS; k++) {
            own[k][0] = own[0][k];
        }
        for (int i = 1; i < TAPS; i++) {
            for (int k = i; k < TAPS; k++) {
                double comes = (double) sent[first - i] * sent[first - k];
                double goes = (double) sent[first - i + length] * sent[first - k + length];
                own[i][k] = own[i - 1][k - 1] + comes - goes;
                own[k][i] = own[i][k];
            }
        }
        return own;
    }

    /// The products of `one` from `from` on with `other` from `to` on, and each tap earlier: four at a
    /// time, which is twice as fast.
    private static void dots(
            float[] one, int from, float[] other, int to, int length, double[] products) {
        for (int k = 0; k < TAPS; k += 4) {
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            int at = to - k;
            for (int n = 0; n < length; n++) {
                float value = one[from + n];
                sum0 += value * other[at + n];
                sum1 += value * other[at + n - 1];
                sum2 += value * other[at + n - 2];
                sum3 += value * other[at + n - 3];
            }
            products[k] = sum0;
            products[k + 1] = sum1;
            products[k + 2] = sum2;
            products[k + 3] = sum3;
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int k = 0; k < one.length; k++) {
            sum += one[k] * other[k];
        }
        return sum;
    }

    /// Solves the symmetric, positive equations by Cholesky's decomposition, in place.
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = matrix[i][k];
                for (int j = 0; j < k; j++) {
                    sum -= matrix[i][j] * matrix[k][j];
                }
                matrix[i][k] = i == k ? Math.sqrt(Math.max(sum, 1e-9)) : sum / matrix[k][k];
            }
        }
        var solution = right.clone();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                solution[i] -= matrix[i][j] * solution[j];
            }
            solution[i] /= matrix[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int j = i + 1; j < size; j++) {
                solution[i] -= matrix[j][i] * solution[j];
            }
            solution[i] /= matrix[i][i];
        }
        return solution;
    }
}
