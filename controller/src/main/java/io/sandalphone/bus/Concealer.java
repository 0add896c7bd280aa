package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;

import java.util.Arrays;

/// Makes up for sound that did not come: repeats the last pitch period of what was heard, fading to
/// silence within 60 ms, and joins what comes next without a click (after ITU-T G.711, appendix I).
/// Holds no clock.
final class Concealer {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    /// How many frames are made up until nothing is left of the fade.
    static final int FRAMES = 3;

    // Pitch from 66 to 200 Hz; what is higher has a period that fits several times.
    private static final int SHORTEST_PERIOD = 40;
    private static final int LONGEST_PERIOD = 120;
    // What is compared to find it: 20 ms.
    private static final int COMPARED = FRAME;
    // Where two sounds meet one goes over into the other for 5 ms.
    private static final int SEAM = 40;
    private static final int FADE = FRAMES * FRAME;

    // The last 40 ms that were handed on.
    private final short[] heard = new short[LONGEST_PERIOD + COMPARED];
    private final short[] period = new short[LONGEST_PERIOD];
    private int periodLength;
    // Where in the period the sound that is made up goes on.
    private int phase;
    // How many samples of the fade have passed.
    private int faded;
    private boolean repeating;

    /// The next 20 ms as they came, joined to what was made up before.
    short[] heard(short[] pcm) {
        short[] joined = pcm;
        if (repeating) {
            joined = pcm.clone();
            for (int i = 0; i < SEAM; i++) {
                joined[i] = blend(repeat(), pcm[i], i, SEAM);
            }
            repeating = false;
        }
        remember(joined);
        return joined;
    }

    /// The next 20 ms made up in place of what did not come.
    short[] conceal() {
        begin();
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = repeat();
            faded = Math.min(FADE, faded + 1);
        }
        return pcm;
    }

    /// 20 ms more of what was heard last, at its level, to gain time.
    short[] lengthen() {
        begin();
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = repeat();
        }
        return pcm;
    }

    /// The 20 ms in which `first` goes over into `second`, to catch up time.
    static short[] shorten(short[] first, short[] second) {
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = blend(first[i], second[i], i, FRAME);
        }
        return pcm;
    }

    /// Knows nothing of what was heard any more.
    void forget() {
        Arrays.fill(heard, (short) 0);
        repeating = false;
    }

    private void begin() {
        if (!repeating) {
            repeating = true;
            faded = 0;
            phase = 0;
            periodLength = pitch();
            System.arraycopy(heard, heard.length - periodLength, period, 0, periodLength);
            // The end of the period goes over into what came before its beginning, so that the
            // repetition has no seam.
            for (int i = 0; i < SEAM / 2; i++) {
                int at = periodLength - SEAM / 2 + i;
                short before = heard[heard.length - periodLength - SEAM / 2 + i];
                period[at] = blend(period[at], before, i, SEAM / 2);
            }
        }
    }

    private short repeat() {
        int sample = period[phase] * (FADE - faded) / FADE;
        phase = phase + 1 == periodLength ? 0 : phase + 1;
        return (short) sample;
    }

    /// The distance at which the last 20 ms are most like what came before them.
    private int pitch() {
        int best = LONGEST_PERIOD;
        double likest = Double.NEGATIVE_INFINITY;
        int from = heard.length - COMPARED;
        for (int distance = SHORTEST_PERIOD; distance <= LONGEST_PERIOD; distance++) {
            long product = 0;
            long energy = 1;
            for (int i = from; i < heard.length; i++) {
                int before = heard[i - distance];
                product += (long) heard[i] * before;
                energy += (long) before * before;
            }
            double likeness = product / Math.sqrt((double) energy);
            if (likeness > likest) {
                likest = likeness;
                best = distance;
            }
        }
        return best;
    }

    private void remember(short[] pcm) {
        System.arraycopy(heard, FRAME, heard, 0, heard.length - FRAME);
        System.arraycopy(pcm, 0, heard, heard.length - FRAME, FRAME);
    }

    private static short blend(short from, short to, int at, int of) {
        return (short) ((from * (of - at) + to * at) / of);
    }
}
