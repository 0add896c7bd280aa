package io.sandalphone.providers.whisper;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// Brings a recognizer that needs no account, and a model: `whisper` in settings.
public final class WhisperProvider implements SpeechProvider {
    /// Its name, and its transcriber's.
    static final String NAME = "whisper";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        return read(own, own.make(() -> ModelFolder.standard(System.getenv()).path()));
    }

    @Override
    public Setting<Maker> read(Section own, Setting<Path> models) {
        Setting<WhisperSettings> settings = WhisperSettings.read(own, models);
        return own.make(
                () -> {
                    WhisperSettings checked = settings.get();
                    return meters ->
                            ProviderEngines.of(
                                    new WhisperTranscriber(
                                            checked, WhisperMeters.register(meters)));
                });
    }
}
