package io.sandalphone.harness.recorded;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.Transcriber;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Brings a recognizer and a translator of [RecordedSentence]s to a controller, which finds this by the name
/// `recorded`. The voice is the embedded one. Has no settings.
public final class RecordedProvider implements SpeechProvider {
    static final String NAME = "recorded";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER, Capability.TRANSLATOR);
    }

    @Override
    public Setting<Maker> read(Section own) {
        return own.make(
                () ->
                        _ ->
                                new ProviderEngines(
                                        Optional.of(transcriber()),
                                        Optional.of(new RecordedTranslator()),
                                        Optional.empty(),
                                        Optional.empty()));
    }

    private static Transcriber transcriber() {
        try {
            return new RecordedTranscriber();
        } catch (SpeechException e) {
            throw new IllegalStateException("the embedded voice does not speak", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
