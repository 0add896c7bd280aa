package io.sandalphone.media.codec;

/// The Kaiser window, which trades the steepness of a filter against what it lets through.
final class KaiserWindow {
    private KaiserWindow() {}

    /// The window at `x`, from -1 to 1; zero outside.
    static double at(double x, double beta) {
        return Math.abs(x) > 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta);
    }

    /// Modified Bessel function of the first kind, order zero.
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
