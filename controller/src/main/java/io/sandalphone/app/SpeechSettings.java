package io.sandalphone.app;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.resilience.ResilienceSettings;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which engines hear, translate and speak.
///
/// @param order for each purpose the engines by name, in the order in which they are tried
/// @param makers of every engine that is named, what makes it as its settings say
/// @param resilience when the next engine is tried
public record SpeechSettings(
        Map<Capability, List<String>> order,
        Map<String, SpeechProvider.Maker> makers,
        ResilienceSettings resilience) {
    public SpeechSettings {
        order = Map.copyOf(order);
        makers = Map.copyOf(makers);
    }

    /// The key under which the engines for `capability` stand.
    static String key(Capability capability) {
        return capability.name().toLowerCase(Locale.ROOT);
    }

    /// Whether `names` can be tried in their order: none twice, and at least one where the gateway
    /// does not work without.
    private static boolean isOrder(Capability capability, List<String> names) {
        return names.size() == Set.copyOf(names).size()
                && (capability == Capability.DIRECT || !names.isEmpty());
    }

    /// Reads the section `speech`, and of `engines` those sections that it names. `providers` are
    /// those that can be named, `models` is where the files are that engines load.
    static Setting<SpeechSettings> read(
            Section section,
            Section engines,
            List<SpeechProvider> providers,
            Setting<Path> models) {
        // Noted while they are read, since a name may be taken from the environment.
        Set<String> named = new HashSet<>();
        Setting<Pair> pair = pair(section, named);
        Map<Capability, Setting<List<String>>> order = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            order.put(capability, order(section, capability, providers, named));
        }
        Map<String, Setting<SpeechProvider.Maker>> makers = new LinkedHashMap<>();
        for (SpeechProvider provider : providers) {
            if (named.contains(provider.name())) {
                makers.put(
                        provider.name(),
                        provider.read(engines.optionalSection(provider.name()), models));
            } else {
                engines.ignore(provider.name());
            }
        }
        Setting<ResilienceSettings> resilience =
                ResilienceSettings.read(section.section("resilience"));
        return section.make(
                () ->
                        new SpeechSettings(
                                pair.get().before(values(order)),
                                values(makers),
                                resilience.get()));
    }

    /// The engines for one purpose, the preferred one first.
    private static Setting<List<String>> order(
            Section section,
            Capability capability,
            List<SpeechProvider> providers,
            Set<String> named) {
        String key = key(capability);
        List<String> able =
                providers.stream()
                        .filter(provider -> provider.offers().contains(capability))
                        .map(SpeechProvider::name)
                        .toList();
        Setting<List<String>> order =
                section.list(
                        key,
                        "one of " + String.join(", ", able),
                        name -> {
                            if (!able.contains(name)) {
                                throw new IllegalArgumentException();
                            }
                            named.add(name);
                            return name;
                        });
        return section.check(
                key,
                order,
                "engines in the order in which they are tried, each once",
                names -> isOrder(capability, names));
    }

    /// Two engines by one word: who hears and who speaks, before those of the lists.
    private enum Pair {
        NONE(""),
        GOOGLE("google"),
        /// Whisper at OpenAI, or at a server with its endpoints, and the voices there.
        WHISPER("openai");

        private final String engine;

        Pair(String engine) {
            this.engine = engine;
        }

        Map<Capability, List<String>> before(Map<Capability, List<String>> order) {
            if (this == NONE) {
                return order;
            }
            Map<Capability, List<String>> with = new EnumMap<>(order);
            for (Capability each : List.of(Capability.TRANSCRIBER, Capability.SYNTHESIZER)) {
                with.computeIfPresent(each, (_, names) -> first(names));
            }
            return with;
        }

        private List<String> first(List<String> names) {
            return Stream.concat(Stream.of(engine), names.stream()).distinct().toList();
        }
    }

    private static Setting<Pair> pair(Section section, Set<String> named) {
        return section.value(
                "pair",
                "one of none, google, whisper",
                text -> {
                    Pair pair =
                            switch (text) {
                                case "none" -> Pair.NONE;
                                case "google" -> Pair.GOOGLE;
                                case "whisper" -> Pair.WHISPER;
                                default -> throw new IllegalArgumentException();
                            };
                    named.add(pair.engine);
                    return pair;
                });
    }

    private static <K, V> Map<K, V> values(Map<K, Setting<V>> settings) {
        Map<K, V> values = new LinkedHashMap<>();
        settings.forEach((key, setting) -> values.put(key, setting.get()));
        return values;
    }
}
