package io.sandalphone.harness.voices;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;

import java.util.ArrayList;
import java.util.List;

/// Text as one piece of sound.
public final class WholeSpeech {
    private WholeSpeech() {}

    /// All of `text` as `synthesizer` speaks it, at 8 kHz.
    public static short[] of(Synthesizer synthesizer, String text, Language language)
            throws SpeechException, InterruptedException {
        List<short[]> parts = new ArrayList<>();
        synthesizer.synthesize(new SynthesisRequest(text, language, Usage.UNMETERED), parts::add);
        short[] all = new short[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
