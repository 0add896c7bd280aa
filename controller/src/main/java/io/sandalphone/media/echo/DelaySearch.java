package io.sandalphone.media.echo;

/// Finds where in what was sent a piece that was heard may come from: the cross-correlation over all
/// delays at once, with what was sent made as loud in every part of its spectrum, so that a vowel is
/// not like every other vowel.
///
/// Keeps nothing from one search to the next: one serves all that run on one thread.
final class DelaySearch {
    /// Of so many places at random one is as high as 3.6 times their root mean square; an echo's, where
    /// half of what was heard is echo, is ten times as high or more.
    private static final float OUTSTANDING = 4.5f * 4.5f;

    private final Fourier both;
    private final Fourier half;
    private final float[] real;
    private final float[] imaginary;
    private final float[] loudness;

    // The correlation: of even places, and of odd ones.
    private final float[] even;
    private final float[] odd;

    /// For what was sent and what was heard of `size` samples at most, a power of two.
    DelaySearch(int size) {
        both = new Fourier(size);
        half = new Fourier(size / 2);
        real = new float[size];
        imaginary = new float[size];
        loudness = new float[size / 2];
        even = new float[size / 2];
        odd = new float[size / 2];
    }

    /// The place in `sent`, from 0 to `places - 1` behind `from`, whose sound is most like `heard`: the first sample
    /// of `heard` lies over it; or -1 where none stands out. Behind `from` are `places` more samples than are heard.
    int find(float[] heard, float[] sent, int from, int places) {
        int size = both.size();
        int length = places + heard.length;
        for (int i = 0; i < size; i++) {
            int to = both.place(i);
            real[to] = i < length ? sent[from + i] : 0;
            imaginary[to] = i < heard.length ? heard[i] : 0;
        }
        both.transform(real, imaginary);
        float sum = 0;
        for (int k = 1; k < size / 2; k++) {
            loudness[k] = loudness(k);
            sum += loudness[k];
        }
        correlate(0.05f * sum / (size / 2f));
        int best = 0;
        float highest = 0;
        float energy = 0;
        for (int place = 0; place < places; place++) {
            float here = (place % 2 == 0 ? even : odd)[place / 2];
            float square = here * here;
            energy += square;
            if (square > highest) {
                highest = square;
                best = place;
            }
        }
        return highest * places > OUTSTANDING * energy ? best : -1;
    }

    /// Of what was sent, at `k`.
    private float loudness(int k) {
        int mirror = both.size() - k;
        float re = (real[k] + real[mirror]) / 2;
        float im = (imaginary[k] - imaginary[mirror]) / 2;
        return (float) Math.sqrt(re * re + im * im);
    }

    /// Makes the correlation of the two; what is softer than `floor` counts less.
    private void correlate(float floor) {
        int size = both.size();
        for (int k = 1; k < size / 2; k++) {
            int mirror = size - k;
            // Two real sequences went in as one complex one.
            float sentRe = (real[k] + real[mirror]) / 2;
            float sentIm = (imaginary[k] - imaginary[mirror]) / 2;
            float heardRe = (imaginary[k] + imaginary[mirror]) / 2;
            float heardIm = (real[mirror] - real[k]) / 2;
            float weight = 1 / (loudness[k] + floor);
            // sent x conjugate of heard peaks where heard lies over sent.
            real[k] = (sentRe * heardRe + sentIm * heardIm) * weight;
            imaginary[k] = (sentIm * heardRe - sentRe * heardIm) * weight;
        }
        even[0] = 0;
        odd[0] = 0;
        // The result is real as well: its even values as real parts, its odd ones as imaginary,
        // half the work.
        for (int k = 1; k < size / 2; k++) {
            int mirror = size / 2 - k;
            float evenRe = real[k] + real[mirror];
            float evenIm = imaginary[k] - imaginary[mirror];
            float re = real[k] - real[mirror];
            float im = imaginary[k] + imaginary[mirror];
            float oddRe = re * both.cos(k) - im * both.sin(k);
            float oddIm = re * both.sin(k) + im * both.cos(k);
            int to = half.place(k);
            even[to] = evenRe - oddIm;
            odd[to] = evenIm + oddRe;
        }
        half.transform(odd, even);
    }
}
