package io.sandalphone.harness.bench;

import io.sandalphone.harness.recognition.KnownRecording;
import io.sandalphone.harness.sounds.Coding;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A sentence that a person says, as a telephone brings it, with its words.
///
/// @param pcm at 8 kHz, through mu-law
// An array, because sound is megabytes of primitives; nobody compares recordings by value.
@SuppressWarnings("ArrayRecordComponent")
record LocalRecording(String name, String text, short[] pcm) {
    /// Those of the [KnownRecording]s in `language`, in their order. Throws when none is installed.
    static List<LocalRecording> in(Language language) throws IOException {
        List<LocalRecording> recordings = new ArrayList<>();
        for (KnownRecording known : KnownRecording.installed(language)) {
            short[] pcm = known.pcm();
            double[] sound = new double[pcm.length];
            Arrays.setAll(sound, i -> pcm[i]);
            recordings.add(
                    new LocalRecording(
                            known.file().getFileName().toString(),
                            known.text(),
                            Coding.muLaw(sound)));
        }
        return recordings;
    }
}
