package io.sandalphone.harness.tone;

import io.sandalphone.media.AudioFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Follows the tone words of one speaker frame by frame, in one language, at next to no cost.
///
/// A pure tone obeys `x[n+1] + x[n-1] = 2 cos(w) x[n]`. The least-squares solution for `cos(w)`
/// takes one pass over the frame, however many words the language has, and what is left over says
/// whether it was one tone and nothing else.
public final class ToneEar {
    /// How many frames of a tone make a word.
    public static final int FRAMES_OF_A_WORD = 3;

    /// How many frames without its tone end a word.
    public static final int FRAMES_OF_A_PAUSE = 2;

    private static final double QUIETEST_MEAN_SQUARE = 100 * 100;
    private static final double LARGEST_RESIDUE = 0.05;
    private static final double HALF_SPACING_HZ = 75;

    private final List<ToneWord> language;
    private final List<ToneWord> words = new ArrayList<>();
    private @Nullable ToneWord current;
    private int heard;
    private int missed;

    public ToneEar(List<ToneWord> language) {
        this.language = language;
    }

    /// Hears the next 20 ms. True when that made a new word.
    public boolean hear(AudioFrame frame) {
        ToneWord tone = recognise(frame.pcm());
        if (tone == null || (current != null && tone != current)) {
            missed++;
            if (missed >= FRAMES_OF_A_PAUSE || tone != null) {
                begin(tone);
            }
            return false;
        }
        if (current == null) {
            begin(tone);
        } else {
            heard++;
        }
        missed = 0;
        if (heard == FRAMES_OF_A_WORD) {
            words.add(tone);
            return true;
        }
        return false;
    }

    /// Whether a word is being said that was heard already.
    public boolean sounding() {
        return current != null && heard >= FRAMES_OF_A_WORD;
    }

    /// The words since the last utterance ended.
    public List<ToneWord> words() {
        return List.copyOf(words);
    }

    public void endUtterance() {
        words.clear();
        begin(null);
    }

    private void begin(@Nullable ToneWord tone) {
        current = tone;
        heard = tone == null ? 0 : 1;
        missed = 0;
    }

    private @Nullable ToneWord recognise(short[] pcm) {
        double energy = 0;
        double product = 0;
        double neighbours = 0;
        for (int i = 1; i < pcm.length - 1; i++) {
            double x = pcm[i];
            double sum = pcm[i - 1] + pcm[i + 1];
            energy += x * x;
            product += x * sum;
            neighbours += sum * sum;
        }
        if (energy < QUIETEST_MEAN_SQUARE * pcm.length) {
            return null;
        }
        double cosine = product / energy / 2;
        double residue = neighbours - product * product / energy;
        if (residue > LARGEST_RESIDUE * energy || Math.abs(cosine) > 1) {
            return null;
        }
        double frequency = Math.acos(cosine) * AudioFrame.TELEPHONE_RATE / (2 * Math.PI);
        for (ToneWord word : language) {
            if (Math.abs(word.frequency() - frequency) < HALF_SPACING_HZ) {
                return word;
            }
        }
        return null;
    }
}
