package io.sandalphone.harness.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.Fake;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// A provider with settings, and what is known of the engines these make.
///
/// @param label what tests call it
/// @param provider the name settings ask for it by
/// @param settings what differs from the defaults
/// @param environment for what stands as `${NAME}` in the defaults
/// @param lacks why it cannot run here; empty when it can
/// @param words what it understands, translates and speaks
/// @param tariff what its use is reported as; empty when it costs nothing
/// @param fake the service behind it, where there is one
/// @param stall makes its engines stall in the middle of what they do
/// @param recover ends that, and every fault of its fake
public record ProviderSetup(
        String label,
        String provider,
        ObjectNode settings,
        Map<String, String> environment,
        Optional<String> lacks,
        Words words,
        Optional<String> tariff,
        Optional<Fake> fake,
        Runnable stall,
        Runnable recover) {
    public ProviderSetup {
        settings = settings.deepCopy();
        environment = Map.copyOf(environment);
    }

    /// A vocabulary.
    public enum Words {
        /// Tone words, and nothing else.
        TONES_ALONE,
        /// Tone words, and any other text as far as it has one.
        TONES,
        /// What people speak.
        SPEECH
    }

    /// A provider with `settings`, written as YAML, that can run here and whose faults nobody injects.
    /// `tariff` is what its use is reported as.
    public static ProviderSetup of(String provider, String settings, Words words, String tariff) {
        return new ProviderSetup(
                provider,
                provider,
                yaml(settings),
                Map.of(),
                Optional.empty(),
                words,
                Optional.of(tariff),
                Optional.empty(),
                () -> {},
                () -> {});
    }

    /// Makes the engines as a controller does: found by name, settings over defaults, all checked.
    public ProviderEngines make(MeterRegistry meters) {
        SpeechProvider found =
                ServiceLoader.load(SpeechProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(each -> each.name().equals(provider))
                        .findFirst()
                        .orElseThrow();
        try {
            ObjectNode defaults =
                    ConfigTree.defaults().path("engines").path(provider) instanceof ObjectNode own
                            ? own
                            : JsonNodeFactory.instance.objectNode();
            ObjectNode own = ConfigTree.merge(defaults, settings);
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.putObject("engines").set(provider, own);
            Section root = Section.root(tree, environment);
            Section section = root.section("engines").section(provider);
            return root.finish(found.read(section)).make(meters);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(label + ": " + e.problems(), e);
        }
    }

    /// Settings as people write them.
    public static ObjectNode yaml(String text) {
        try {
            return ConfigTree.yaml("test", text);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The same service under another name and other settings over its own.
    public ProviderSetup with(String otherLabel, String more) {
        return new ProviderSetup(
                otherLabel,
                provider,
                ConfigTree.merge(settings, yaml(more)),
                environment,
                lacks,
                words,
                tariff,
                fake,
                stall,
                recover);
    }

    /// A voice beside the one it speaks Spanish with when none is asked for; empty where it has none.
    public Optional<String> anotherVoice() {
        return switch (provider) {
            case "offline" -> Optional.of("espeak-ng+f3");
            case "piper" -> Optional.of("es_ES-fake-low");
            case "polly" -> Optional.of("Mia");
            case "openai" -> Optional.of("alloy");
            case "google" -> Optional.of("es-US-Neural2-B");
            default -> Optional.empty();
        };
    }

    /// Whether it has a sound or a translation for any text.
    public boolean takesAnyText() {
        return words != Words.TONES_ALONE;
    }
}
