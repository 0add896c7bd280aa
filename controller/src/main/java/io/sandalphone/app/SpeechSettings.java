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
        Map<Capability, Setting<List<String>>> order = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            order.put(capability, order(section, capability, providers));
        }
        Set<String> named = named(section);
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
                () -> new SpeechSettings(values(order), values(makers), resilience.get()));
    }

    /// The engines for one purpose, the preferred one first.
    private static Setting<List<String>> order(
            Section section, Capability capability, List<SpeechProvider> providers) {
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
                            return name;
                        });
        return section.check(
                key,
                order,
                "engines in the order in which they are tried, each once",
                names -> isOrder(capability, names));
    }

    /// What the lists name, as far as they can be read.
    private static Set<String> named(Section section) {
        Set<String> named = new HashSet<>();
        for (Capability capability : Capability.values()) {
            section.raw().path(key(capability)).forEach(name -> named.add(name.asText()));
        }
        return named;
    }

    private static <K, V> Map<K, V> values(Map<K, Setting<V>> settings) {
        Map<K, V> values = new LinkedHashMap<>();
        settings.forEach((key, setting) -> values.put(key, setting.get()));
        return values;
    }
}
