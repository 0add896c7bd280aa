package io.sandalphone.harness.latency;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Brings the modelled recognizer, translator and voice to a real controller, which finds this by the name `model`: with the
/// delays and mistakes that `scripts/bench latency` gives them in virtual time, in real time. Settings:
///
/// - `profile`: how fast they are;
/// - `seed`: where chance comes from;
/// - `set`: the folder of an evaluation set; left out, that of this project;
/// - `said`: the file that names the utterance that is said ([ModelScript]).
public final class ModelProvider implements SpeechProvider {
    static final String NAME = "model";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER, Capability.TRANSLATOR, Capability.SYNTHESIZER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<Profile> profile =
                own.value(
                        "profile",
                        "a profile",
                        name -> Profile.of(name).orElseThrow(() -> no(name)));
        Setting<Long> seed = own.value("seed", "a number", Long::parseLong);
        Setting<Path> said = own.value("said", "a file", Path::of);
        Optional<Setting<Path>> set =
                own.raw().has("set")
                        ? Optional.of(own.value("set", "a folder", Path::of))
                        : Optional.empty();
        return own.make(
                () -> {
                    Profile delays = profile.get();
                    long chance = seed.get();
                    Path file = said.get();
                    Optional<Path> folder = set.map(Setting::get);
                    return _ -> engines(delays, new ModelScript(set(folder), chance, file));
                });
    }

    private static IllegalArgumentException no(String profile) {
        return new IllegalArgumentException("no profile " + profile);
    }

    /// The set in `folder`, or that of this project.
    static EvaluationSet set(Optional<Path> folder) {
        try {
            return folder.isPresent()
                    ? EvaluationSet.in(folder.get())
                    : EvaluationSet.ofThisProject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProviderEngines engines(Profile profile, ModelScript script) {
        try {
            var translator = new OfflineTranslator(System.getenv());
            Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            var loop = new VertxLoop(vertx, vertx.getOrCreateContext());
            return ProviderEngines.of(
                    new ScriptedRecognizer(loop, profile, script, vertx::close),
                    new ModelTranslator(translator, Thread::sleep, loop, profile, script::chance),
                    new ModelVoice(Thread::sleep, profile, script::chance));
        } catch (ConfigurationException e) {
            throw new IllegalStateException("the embedded translator has no settings", e);
        }
    }
}
