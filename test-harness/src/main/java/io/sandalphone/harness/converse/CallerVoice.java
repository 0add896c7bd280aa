package io.sandalphone.harness.converse;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.voices.WholeSpeech;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.OfflineVoices;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Synthesizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Speaks for callers, with the embedded voices: each text once, so that it is there when it is to be said. One thread.
public final class CallerVoice {
    private final Synthesizer voices =
            new OfflineVoices(
                    OfflineSettings.defaults(), OfflineMeters.register(new SimpleMeterRegistry()));
    private final Map<String, short[]> said = new HashMap<>();

    /// What `conversation` has its caller say is there from now on.
    void prepare(Conversation conversation) {
        for (Step step : conversation.steps()) {
            if (step instanceof Step.Says says) {
                of(says.text(), says.language().orElse(conversation.language()));
            }
        }
    }

    /// The sound of `text`, without the silence before and behind it: 8 kHz.
    public short[] of(String text, Language language) {
        return said.computeIfAbsent(language + " " + text, _ -> spoken(text, language));
    }

    private short[] spoken(String text, Language language) {
        try {
            short[] pcm = WholeSpeech.of(voices, text, language);
            int begin = NoiseSound.begin(pcm, HeardSounds.AUDIBLE);
            int end = pcm.length - NoiseSound.begin(reversed(pcm), HeardSounds.AUDIBLE);
            return Arrays.copyOfRange(pcm, begin, Math.max(begin, end));
        } catch (SpeechException e) {
            throw new IllegalStateException("the embedded voice does not speak", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static short[] reversed(short[] pcm) {
        var reversed = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            reversed[i] = pcm[pcm.length - 1 - i];
        }
        return reversed;
    }
}
