package io.sandalphone.providers.openai;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.http.VendorMeters;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Brings a server with OpenAI's endpoints for sound: `openai` in settings.
public final class OpenAiSpeechProvider implements SpeechProvider {
    /// The name of both its ports, and the tariff of what they use.
    static final String NAME = OpenAiProvider.NAME;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER, Capability.SYNTHESIZER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<OpenAiSpeechSettings> settings = OpenAiSpeechSettings.read(own);
        return own.make(
                () -> {
                    OpenAiSpeechSettings checked = settings.get();
                    return registry -> make(checked, registry);
                });
    }

    private static ProviderEngines make(OpenAiSpeechSettings settings, MeterRegistry registry) {
        var meters = VendorMeters.register(registry);
        return new ProviderEngines(
                Optional.of(new OpenAiTranscriber(settings, meters)),
                Optional.empty(),
                Optional.of(new OpenAiSynthesizer(settings, meters)),
                Optional.empty());
    }
}
