package io.sandalphone.media.echo;

/// Finds where in what was sent a piece that was heard may come from: the cross-correlation over all
/// delays at once, with what was sent made as loud in every part of its spectrum, so that a vowel is
/// not like every other vowel.
final class DelaySearch {
    /// Of so many places at random one is as high as 3.6 times their root mean square; an echo's, where
    /// half of what was heard is echo, is ten times as high or more.
    private static final float OUTSTANDING = 4.5f * 4.5f;

    private final Fourier fourier;
    private final float[] real;
    private final float[] imaginary;
    private final float[] loudness;

    /// For what was sent and what was heard of `size` samples at most, a power of two.
    DelaySearch(int size) {
        fourier = new Fourier(size);
        real = new float[size];
        imaginary = new float[size];
        loudness = new float[size / 2];
    }

    /// The place of `sent`, from 0 to `places - 1`, whose sound is most like `heard`: the first sample
    /// of `heard` lies over it; or -1 where none stands out. `sent` is `places` longer than `heard`.
    int find(float[] heard, float[] sent, int places) {
        int size = fourier.size();
        for (int i = 0; i < size; i++) {
            real[i] = i < sent.length ? sent[i] : 0;
            imaginary[i] = i < heard.length ? heard[i] : 0;
        }
        fourier.transform(real, imaginary);
        float sum = 0;
        for (int k = 1; k < size / 2; k++) {
            loudness[k] = loudness(k);
            sum += loudness[k];
        }
        correlate(0.05f * sum / (size / 2f));
        fourier.transform(imaginary, real);
        int best = 0;
        float energy = 0;
        for (int place = 0; place < places; place++) {
            energy += real[place] * real[place];
            if (Math.abs(real[place]) > Math.abs(real[best])) {
                best = place;
            }
        }
        return real[best] * real[best] * places > OUTSTANDING * energy ? best : -1;
    }

    /// Of what was sent, at `k`.
    private float loudness(int k) {
        int mirror = fourier.size() - k;
        float re = (real[k] + real[mirror]) / 2;
        float im = (imaginary[k] - imaginary[mirror]) / 2;
        return (float) Math.sqrt(re * re + im * im);
    }

    /// Puts the cross spectrum in place of the two; what is softer than `floor` counts less.
    private void correlate(float floor) {
        int size = fourier.size();
        real[0] = 0;
        imaginary[0] = 0;
        real[size / 2] = 0;
        imaginary[size / 2] = 0;
        for (int k = 1; k < size / 2; k++) {
            int mirror = size - k;
            // Two real sequences went in as one complex one.
            float sentRe = (real[k] + real[mirror]) / 2;
            float sentIm = (imaginary[k] - imaginary[mirror]) / 2;
            float heardRe = (imaginary[k] + imaginary[mirror]) / 2;
            float heardIm = (real[mirror] - real[k]) / 2;
            float weight = 1 / (loudness[k] + floor);
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
