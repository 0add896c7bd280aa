package io.sandalphone.harness.tone;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.util.Optional;
import java.util.Set;

/// Brings a second direct interpreter of tones to a controller, which finds this by the name
/// `tone-understudy` and has it stand in for the first. It never fails.
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
        return own.make(
                () ->
                        _ ->
                                new ProviderEngines(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(
                                                new ToneDirectInterpreter(
                                                        NAME, ToneSpeech.USUAL))));
    }
}
