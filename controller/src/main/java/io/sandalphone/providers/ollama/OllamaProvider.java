package io.sandalphone.providers.ollama;

import io.sandalphone.brain.BrainProvider;
import io.sandalphone.brain.model.ModelAnswers;
import io.sandalphone.brain.model.ModelMeters;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

/// Brings the models of an Ollama: `ollama` in settings.
public final class OllamaProvider implements BrainProvider {
    static final String NAME = "ollama";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<OllamaSettings> settings = OllamaSettings.read(own);
        return own.make(
                () -> {
                    OllamaSettings checked = settings.get();
                    return registry ->
                            new OllamaBrain(
                                    checked,
                                    new ModelAnswers(NAME, ModelMeters.register(registry)));
                });
    }

    @Override
    public boolean countsTokens() {
        return true;
    }
}
