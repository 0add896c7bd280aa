package io.sandalphone.providers.polly;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings [PollySynthesizer] to settings that ask for `polly`.
public final class PollyProvider implements SpeechProvider {
    /// The name of the provider and of its port.
    static final String NAME = "polly";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.SYNTHESIZER);
    }

    @Override
    public Set<String> plans() {
        return Stream.of(PollyEngine.values()).map(PollyEngine::id).collect(Collectors.toSet());
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<PollySettings> settings = PollySettingsReader.read(own);
        return own.make(
                () -> {
                    PollySettings checked = settings.get();
                    return meters ->
                            ProviderEngines.of(
                                    new PollySynthesizer(checked, PollyMeters.register(meters)));
                });
    }
}
