package io.sandalphone.harness.tone;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Brings the tone engines to a controller, which finds this by the name `tone`. Settings, all
/// optional:
///
/// - `word`: how long each sung word sounds;
/// - `faults`: a file of [ToneFaults], which may appear, change and disappear while calls run.
public final class ToneProvider implements SpeechProvider {
    static final String NAME = "tone";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Optional<Setting<Duration>> word =
                optional(
                        own,
                        "word",
                        key -> own.duration(key, Duration.ofMillis(20), Duration.ofMinutes(1)));
        Optional<Setting<Path>> faults = faults(own);
        return own.make(
                () -> {
                    ToneSpeech voice =
                            word.map(length -> ToneSpeech.USUAL.withWord(length.get()))
                                    .orElse(ToneSpeech.USUAL);
                    Optional<Path> file = faults.map(Setting::get);
                    return _ -> engines(voice, file);
                });
    }

    /// The file of faults, where one is named.
    static Optional<Setting<Path>> faults(Section own) {
        return optional(own, "faults", key -> own.value(key, "a file", Path::of));
    }

    private static <T> Optional<Setting<T>> optional(
            Section own, String key, Function<String, Setting<T>> read) {
        return own.raw().has(key) ? Optional.of(read.apply(key)) : Optional.empty();
    }

    private static ProviderEngines engines(ToneSpeech voice, Optional<Path> faults) {
        ProviderEngines engines =
                new ProviderEngines(
                        Optional.of(new ToneTranscriber()),
                        Optional.of(new ToneTranslator()),
                        Optional.of(new ToneSynthesizer(voice)),
                        Optional.of(new ToneDirectInterpreter(voice)));
        return ToneFaults.injectInto(engines, faults);
    }
}
