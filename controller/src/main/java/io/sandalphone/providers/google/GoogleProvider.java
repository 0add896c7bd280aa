package io.sandalphone.providers.google;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings Google Cloud Translation: `google` in settings.
public final class GoogleProvider implements SpeechProvider {
    /// The name of its port.
    static final String NAME = "google";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSLATOR);
    }

    @Override
    public Set<String> plans() {
        return Stream.of(
                        GoogleSettings.Model.NMT,
                        GoogleSettings.Model.LLM,
                        new GoogleSettings.Model("of-your-own"))
                .map(model -> model.tariff().substring(NAME.length() + 1))
                .collect(Collectors.toSet());
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<GoogleSettings> settings = GoogleSettings.read(own);
        return own.make(
                () -> {
                    GoogleSettings checked = settings.get();
                    return registry ->
                            ProviderEngines.of(
                                    new GoogleTranslator(checked, GoogleMeters.register(registry)));
                });
    }
}
