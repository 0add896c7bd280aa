package io.sandalphone.providers.piper;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.http.VendorMeters;

import java.util.EnumSet;
import java.util.Set;

/// Brings Piper's own HTTP server: `piper` in settings.
public final class PiperProvider implements SpeechProvider {
    /// The name of its port, and the tariff of what it speaks.
    static final String NAME = "piper";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.SYNTHESIZER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<PiperSettings> settings = PiperSettings.read(own);
        return own.make(
                () -> {
                    PiperSettings checked = settings.get();
                    return registry ->
                            ProviderEngines.of(
                                    new PiperSynthesizer(checked, VendorMeters.register(registry)));
                });
    }
}
