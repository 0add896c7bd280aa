package io.sandalphone.harness.measure;

import java.util.Arrays;

/// Arithmetic on sound at 8 kHz, one sample of 16-bit PCM per `double`, so that sounds can be scaled,
/// added and subtracted without rounding.
final class Signal {
    /// Samples per millisecond.
    static final int PER_MILLI = 8;

    /// What a sample of full scale counts.
    static final double FULL_SCALE = 32768;

    private Signal() {}

    static double[] of(short[] pcm) {
        double[] signal = new double[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            signal[i] = pcm[i];
        }
        return signal;
    }

    /// Speech with its low frequencies lowered, so that its correlation with itself is a sharp peak:
    /// the difference of each sample to 0.9 of the one before it.
    static double[] emphasized(double[] signal) {
        double[] emphasized = new double[signal.length];
        double previous = 0;
        for (int i = 0; i < signal.length; i++) {
            emphasized[i] = signal[i] - 0.9 * previous;
            previous = signal[i];
        }
        return emphasized;
    }

    static double energy(double[] signal, int from, int to) {
        double energy = 0;
        for (int i = Math.max(0, from); i < Math.min(signal.length, to); i++) {
            energy += signal[i] * signal[i];
        }
        return energy;
    }

    /// The cosine of the angle between `a` from `atA` and `b` from `atB`, over `length` samples: 1 for
    /// the same sound at any level, about 0 for strangers. What lies outside a signal is silence.
    static double resemblance(double[] a, int atA, double[] b, int atB, int length) {
        int from = Math.max(0, Math.max(-atA, -atB));
        int to = Math.min(length, Math.min(a.length - atA, b.length - atB));
        double dot = 0;
        for (int i = from; i < to; i++) {
            dot += a[atA + i] * b[atB + i];
        }
        double energies = energy(a, atA, atA + length) * energy(b, atB, atB + length);
        return energies == 0 ? 0 : dot / Math.sqrt(energies);
    }

    /// A ratio of amplitudes in decibels.
    static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }

    /// A place near an expected one, `shift` samples later, and the resemblance there.
    record Place(int shift, double resemblance) {}

    /// Where, at most `reach` samples from `atB`, `b` resembles `a` from `atA` most.
    static Place mostSimilar(double[] a, int atA, double[] b, int atB, int length, int reach) {
        double[] pattern = slice(a, atA, length);
        double[] around = slice(b, atB - reach, length + 2 * reach);
        double[] dots = slidingDotProducts(pattern, around);
        double energyOfA = energy(pattern, 0, length);
        double energyOfB = energy(around, 0, length);
        Place best = new Place(0, -1);
        for (int i = 0; i <= 2 * reach; i++) {
            double energies = energyOfA * Math.max(0, energyOfB);
            double score = energies < 1 ? 0 : dots[i + length - 1] / Math.sqrt(energies);
            if (score > best.resemblance()) {
                best = new Place(i - reach, score);
            }
            if (i < 2 * reach) {
                double enters = around[i + length];
                energyOfB += enters * enters - around[i] * around[i];
            }
        }
        return best;
    }

    /// `length` samples from `at` on; what lies outside of the signal is silence.
    static double[] slice(double[] signal, int at, int length) {
        double[] slice = new double[length];
        int from = Math.max(0, at);
        int to = Math.min(signal.length, at + length);
        if (from < to) {
            System.arraycopy(signal, from, slice, from - at, to - from);
        }
        return slice;
    }

    /// The dot product of `pattern` with `signal` at every position from `-(pattern.length - 1)` on:
    /// element `i` belongs to position `i - (pattern.length - 1)`.
    static double[] slidingDotProducts(double[] pattern, double[] signal) {
        int overlap = pattern.length - 1;
        double[] products = new double[overlap + signal.length];
        // Blocks of a few times the pattern's length (overlap and add) stay within the caches.
        Fft fft = Fft.holding(Math.min(4 * pattern.length, products.length + 1));
        double[] patternRe = new double[fft.length()];
        double[] patternIm = new double[fft.length()];
        for (int i = 0; i < pattern.length; i++) {
            patternRe[i] = pattern[overlap - i];
        }
        fft.forward(patternRe, patternIm);
        int block = fft.length() - overlap;
        double[] re = new double[fft.length()];
        double[] im = new double[fft.length()];
        for (int at = 0; at < signal.length; at += block) {
            int length = Math.min(block, signal.length - at);
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            System.arraycopy(signal, at, re, 0, length);
            fft.forward(re, im);
            for (int i = 0; i < fft.length(); i++) {
                double product = re[i] * patternRe[i] - im[i] * patternIm[i];
                im[i] = re[i] * patternIm[i] + im[i] * patternRe[i];
                re[i] = product;
            }
            fft.inverse(re, im);
            for (int i = 0; i < length + overlap; i++) {
                products[at + i] += re[i] / fft.length();
            }
        }
        return products;
    }
}
