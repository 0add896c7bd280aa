package io.sandalphone.harness.measure;

import java.util.List;
import java.util.stream.Stream;

/// A recording taken apart into known sounds: for each window of 100 ms, the gain of each sound that
/// together leave the least unexplained (least squares), and what is left. Each sound may sit up to a
/// sample beside its place: its slope is fitted along with it, which to the first order shifts it.
final class Mixture {
    static final int WINDOW = 100 * Signal.PER_MILLI;

    private final List<double[]> parts;
    private final double[][] gains;
    private final double[] recording;
    private final double[] rest;

    private Mixture(double[] recording, List<double[]> parts, double[][] gains, double[] rest) {
        this.recording = recording;
        this.parts = parts;
        this.gains = gains;
        this.rest = rest;
    }

    /// `parts` are as long as the recording, each sound at the place where it is heard.
    static Mixture of(double[] recording, List<double[]> parts) {
        int windows = (recording.length + WINDOW - 1) / WINDOW;
        double[][] gains = new double[parts.size()][windows];
        double[] rest = recording.clone();
        List<double[]> fitted =
                Stream.concat(parts.stream(), parts.stream().map(Mixture::slope)).toList();
        for (int w = 0; w < windows; w++) {
            int from = w * WINDOW;
            int to = Math.min(recording.length, from + WINDOW);
            double[] solution = leastSquares(recording, fitted, from, to);
            for (int p = 0; p < solution.length; p++) {
                if (p < parts.size()) {
                    gains[p][w] = solution[p];
                }
                for (int i = from; i < to; i++) {
                    rest[i] -= solution[p] * fitted.get(p)[i];
                }
            }
        }
        return new Mixture(recording, parts, gains, rest);
    }

    private static double[] slope(double[] signal) {
        double[] slope = new double[signal.length];
        for (int i = 1; i + 1 < signal.length; i++) {
            slope[i] = (signal[i + 1] - signal[i - 1]) / 2;
        }
        return slope;
    }

    /// How many windows the recording has.
    int windows() {
        return gains.length == 0 ? 0 : gains[0].length;
    }

    /// The amplitude gain of a part in a window.
    double gain(int part, int window) {
        return gains[part][window];
    }

    /// The mean square of a part, before its gain, in a window.
    double power(int part, int window) {
        return Signal.energy(parts.get(part), window * WINDOW, (window + 1) * WINDOW) / WINDOW;
    }

    /// The share of the recording's energy in a window that no part explains.
    double unexplained(int window) {
        int from = window * WINDOW;
        double all = Signal.energy(recording, from, from + WINDOW);
        return all == 0 ? 0 : Signal.energy(rest, from, from + WINDOW) / all;
    }

    /// What no part explains.
    double[] rest() {
        return rest;
    }

    private static double[] leastSquares(
            double[] recording, List<double[]> parts, int from, int to) {
        int n = parts.size();
        double[][] normal = new double[n][n + 1];
        for (int r = 0; r < n; r++) {
            double[] row = parts.get(r);
            for (int c = r; c < n; c++) {
                normal[r][c] = dot(row, parts.get(c), from, to);
                normal[c][r] = normal[r][c];
            }
            normal[r][n] = dot(row, recording, from, to);
        }
        for (int r = 0; r < n; r++) {
            // A little of one step of PCM on the diagonal: a silent part gets no gain.
            normal[r][r] += to - from;
        }
        return solve(normal);
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double dot = 0;
        for (int i = from; i < to; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }

    /// Gauss elimination; the matrix is positive definite, so no pivot is zero.
    private static double[] solve(double[][] m) {
        int n = m.length;
        for (int p = 0; p < n; p++) {
            for (int r = p + 1; r < n; r++) {
                double factor = m[r][p] / m[p][p];
                for (int c = p; c <= n; c++) {
                    m[r][c] -= factor * m[p][c];
                }
            }
        }
        double[] solution = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            double sum = m[r][n];
            for (int c = r + 1; c < n; c++) {
                sum -= m[r][c] * solution[c];
            }
            solution[r] = sum / m[r][r];
        }
        return solution;
    }
}
