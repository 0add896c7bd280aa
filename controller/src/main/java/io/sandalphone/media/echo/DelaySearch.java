package io.sandalphone.media.echo;

/// Finds where in what was sent a piece that was heard may come from: the cross-correlation over all
/// delays at once, with what was sent made as loud in every part of its spectrum, so that a vowel is
/// not like every other vowel.
final class DelaySearch {
    private final Fourier fourier;
    private final float[] real;
    private final float[] imaginary;

    /// For what was sent and what was heard of `size` samples at most, a power of two.
    DelaySearch(int size) {
        fourier = new Fourier(size);
        real = new float[size];
        imaginary = new float[size];
    }

    /// The place of `sent`, from 0 to `places - 1`, whose sound is most like `heard`: the first sample
    /// of `heard` lies over it. `sent` is `places` longer than `heard`.
    int find(float[] heard, float[] sent, int places) {
        int size = fourier.size();
        for (int i = 0; i < size; i++) {
            real[i] = i < sent.length ? sent[i] : 0;
            imaginary[i] = i < heard.length ? heard[i] : 0;
        }
        fourier.transform(real, imaginary);
        double mean = 0;
        for (int k = 1; k < size / 2; k++) {
            mean += Math.sqrt(power(k)) / (size / 2.0);
        }
        correlate((float) mean);
        fourier.transform(imaginary, real);
        int best = 0;
        for (int place = 1; place < places; place++) {
            if (Math.abs(real[place]) > Math.abs(real[best])) {
                best = place;
            }
        }
        return best;
    }

    /// Of what was sent, at `k`.
    private double power(int k) {
        int mirror = fourier.size() - k;
        double re = (real[k] + real[mirror]) / 2;
        double im = (imaginary[k] - imaginary[mirror]) / 2;
        return re * re + im * im;
    }

    /// Puts the cross spectrum in place of the two.
    private void correlate(float mean) {
        int size = fourier.size();
        real[0] = 0;
        imaginary[0] = 0;
        real[size / 2] = 0;
        imaginary[size / 2] = 0;
        float floor = 0.05f * mean;
        for (int k = 1; k < size / 2; k++) {
            int mirror = size - k;
            // Two real sequences went in as one complex one.
            float sentRe = (real[k] + real[mirror]) / 2;
            float sentIm = (imaginary[k] - imaginary[mirror]) / 2;
            float heardRe = (imaginary[k] + imaginary[mirror]) / 2;
            float heardIm = (real[mirror] - real[k]) / 2;
            float weight = 1 / ((float) Math.sqrt(sentRe * sentRe + sentIm * sentIm) + floor);
            // sent x conjugate of heard peaks where heard lies over sent.
            float re = (sentRe * heardRe + sentIm * heardIm) * weight;
            float im = (sentIm * heardRe - sentRe * heardIm) * weight;
            real[k] = re;
            imaginary[k] = im;
            real[mirror] = re;
            imaginary[mirror] = -im;
        }
    }
}
