package io.sandalphone.harness.measure;

/// Sound as it comes out of a telephone line.
public final class MuLaw {
    private MuLaw() {}

    public static double[] coded(double[] signal) {
        double[] coded = new double[signal.length];
        for (int i = 0; i < signal.length; i++) {
            int biased = (int) Math.min(Math.abs(Math.rint(signal[i])), 32635) + 132;
            int exponent = 31 - Integer.numberOfLeadingZeros(biased) - 7;
            int mantissa = biased >> (exponent + 3) & 15;
            int size = (((mantissa << 3) + 132) << exponent) - 132;
            coded[i] = signal[i] < 0 ? -size : size;
        }
        return coded;
    }
}
