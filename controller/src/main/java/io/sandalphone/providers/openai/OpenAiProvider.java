package io.sandalphone.providers.openai;

import io.sandalphone.brain.BrainProvider;
import io.sandalphone.brain.model.ModelAnswers;
import io.sandalphone.brain.model.ModelMeters;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

/// Brings a server that speaks OpenAI's protocol: `openai` in settings.
public final class OpenAiProvider implements BrainProvider {
    static final String NAME = "openai";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<OpenAiSettings> settings = OpenAiSettings.read(own);
        return own.make(
                () -> {
                    OpenAiSettings checked = settings.get();
                    return registry ->
                            new OpenAiBrain(
                                    checked,
                                    new ModelAnswers(NAME, ModelMeters.register(registry)));
                });
    }

    @Override
    public boolean countsTokens() {
        return true;
    }
}
