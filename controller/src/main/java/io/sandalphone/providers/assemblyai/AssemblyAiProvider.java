package io.sandalphone.providers.assemblyai;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.util.EnumSet;
import java.util.Set;

/// Brings AssemblyAI: `assemblyai` in settings.
public final class AssemblyAiProvider implements SpeechProvider {
    @Override
    public String name() {
        return AssemblyAiTranscriber.NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<AssemblyAiSettings> settings = AssemblyAiSettings.read(own);
        return own.make(
                () -> {
                    AssemblyAiSettings checked = settings.get();
                    return meters ->
                            ProviderEngines.of(
                                    new AssemblyAiTranscriber(
                                            checked, AssemblyAiMeters.register(meters)));
                });
    }
}
