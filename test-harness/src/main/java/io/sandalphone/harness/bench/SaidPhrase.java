package io.sandalphone.harness.bench;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A short phrase that a person says, and where its last word ends.
///
/// @param end the sample behind the last that can be heard
// An array, because sound is megabytes of primitives; nobody compares phrases by value.
@SuppressWarnings("ArrayRecordComponent")
record SaidPhrase(String text, short[] pcm, int end) {
    /// What a short phrase is: up to 3 s.
    private static final int LONGEST = 3 * AudioFrame.TELEPHONE_RATE;

    private static final int STEP = AudioFrame.TELEPHONE_RATE / 100;

    /// Of the energy of the loudest 10 ms, 35 dB less: what is below is silence.
    private static final double QUIET = 1 / 3200.0;

    /// As many short ones as are wanted of those that are installed in `language`, evenly from the whole list.
    static List<SaidPhrase> installed(Language language, int most) throws IOException {
        List<SaidPhrase> all =
                LocalRecording.in(language).stream()
                        .map(each -> of(each.text(), each.pcm()))
                        .filter(each -> each.end <= LONGEST)
                        .toList();
        int count = Math.min(most, all.size());
        List<SaidPhrase> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get(i * all.size() / count));
        }
        return some;
    }

    private static SaidPhrase of(String text, short[] pcm) {
        double loudest = 0;
        for (int from = 0; from + STEP <= pcm.length; from += STEP) {
            loudest = Math.max(loudest, energy(pcm, from));
        }
        int end = pcm.length - pcm.length % STEP;
        while (end > STEP && energy(pcm, end - STEP) < loudest * QUIET) {
            end -= STEP;
        }
        return new SaidPhrase(text, pcm, end);
    }

    private static double energy(short[] pcm, int from) {
        double energy = 0;
        for (int i = from; i < from + STEP; i++) {
            energy += (double) pcm[i] * pcm[i];
        }
        return energy;
    }
}
