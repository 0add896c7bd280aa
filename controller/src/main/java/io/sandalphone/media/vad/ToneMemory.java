package io.sandalphone.media.vad;

/// Remembers the tone that was heard last, by its frequencies, and knows a frame of it by itself: where
/// the spectrum of 64 ms does not show it, because the tone has just begun or a packet was lost.
final class ToneMemory {
    /// For how many frames it is remembered after it was heard last: 15 s, the longest pause of a ringing
    /// or waiting tone.
    private static final int FRAMES = 750;

    /// More frequencies than this at once are no tone of a network or a machine.
    static final int MOST = 4;

    /// Less than this share of a frame's energy is left when the tone is taken out of it: -11 dB.
    private static final double REST = 0.08;

    /// Of each frequency a cosine and a sine of one frame, all of length 1 and at right angles.
    private final double[][] basis = new double[2 * MOST][];

    private int count;
    private int left;

    /// A tone of these frequencies sounds.
    void remember(double[] hertz, int frequencies, int frameLength) {
        left = FRAMES;
        count = 0;
        for (int tone = 0; tone < Math.min(frequencies, MOST); tone++) {
            double step = 2 * Math.PI * hertz[tone] / 8000;
            double[] cos = new double[frameLength];
            double[] sin = new double[frameLength];
            for (int i = 0; i < frameLength; i++) {
                cos[i] = Math.cos(step * i);
                sin[i] = Math.sin(step * i);
            }
            add(cos);
            add(sin);
        }
    }

    /// No tone is to be known any more.
    void forget() {
        left = 0;
    }

    /// What is left of `pcm`, the next frame, when the tone is taken out of it: the frame itself where no
    /// tone is remembered.
    short[] without(short[] pcm) {
        left = Math.max(0, left - 1);
        if (left == 0 || count == 0) {
            return pcm;
        }
        double[] rest = new double[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            rest[i] = pcm[i];
        }
        for (int vector = 0; vector < count; vector++) {
            double part = dot(basis[vector], rest);
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= part * basis[vector][i];
            }
        }
        var out = new short[pcm.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.clamp(Math.round(rest[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return out;
    }

    /// Whether a frame of `energy`, of which `rest` is left, is of the tone that is remembered.
    boolean knows(double energy, double rest) {
        boolean known = left > 0 && count > 0 && rest < REST * energy;
        if (known) {
            left = FRAMES;
        }
        return known;
    }

    /// Two frequencies that one frame cannot tell apart have one pair of vectors.
    private void add(double[] vector) {
        for (int other = 0; other < count; other++) {
            double part = dot(basis[other], vector);
            for (int i = 0; i < vector.length; i++) {
                vector[i] -= part * basis[other][i];
            }
        }
        double length = Math.sqrt(dot(vector, vector));
        if (length > 1) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= length;
            }
            basis[count++] = vector;
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
