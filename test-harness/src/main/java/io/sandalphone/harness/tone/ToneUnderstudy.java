package io.sandalphone.harness.tone;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Brings a second direct interpreter of tones to a controller, which finds this by the name
/// `tone-understudy`. One setting, optional: `faults`, as with [ToneProvider].
public final class ToneUnderstudy implements SpeechProvider {
    private static final String NAME = "tone-understudy";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return Set.of(Capability.DIRECT);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Optional<Setting<Path>> faults = ToneProvider.faults(own);
        return own.make(
                () -> {
                    Optional<Path> file = faults.map(Setting::get);
                    return _ -> engines(file);
                });
    }

    private static ProviderEngines engines(Optional<Path> faults) {
        ProviderEngines engines =
                new ProviderEngines(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new ToneDirectInterpreter(NAME, ToneSpeech.USUAL)));
        return ToneFaults.injectInto(engines, faults);
    }
}
