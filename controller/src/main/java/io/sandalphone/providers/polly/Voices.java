package io.sandalphone.providers.polly;

import io.sandalphone.speech.Language;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which voice speaks a language: the one that settings name for it or for the language without its
/// region, or else our choice for it, by the same rule.
public final class Voices {
    /// What is known of a voice, from Polly's tables of voices.
    private record Known(Language language, Set<PollyEngine> engines) {}

    /// What a name looks like.
    static final String NAME = "[A-Za-z]{2,40}";

    private static final Set<PollyEngine> STANDARD = EnumSet.of(PollyEngine.STANDARD);
    private static final Set<PollyEngine> NEURAL = EnumSet.of(PollyEngine.NEURAL);
    private static final Set<PollyEngine> OLDER =
            EnumSet.of(PollyEngine.STANDARD, PollyEngine.NEURAL);
    private static final Set<PollyEngine> NEWER =
            EnumSet.of(PollyEngine.NEURAL, PollyEngine.GENERATIVE);
    private static final Set<PollyEngine> ALL =
            EnumSet.of(PollyEngine.STANDARD, PollyEngine.NEURAL, PollyEngine.GENERATIVE);

    private static final Map<String, Known> KNOWN =
            Map.ofEntries(
                    voice("Lupe", "es-US", ALL),
                    voice("Pedro", "es-US", NEWER),
                    voice("Miguel", "es-US", STANDARD),
                    voice("Penelope", "es-US", STANDARD),
                    voice("Mia", "es-MX", ALL),
                    voice("Andres", "es-MX", NEWER),
                    voice("Lucia", "es-ES", ALL),
                    voice("Sergio", "es-ES", NEWER),
                    voice("Conchita", "es-ES", STANDARD),
                    voice("Enrique", "es-ES", STANDARD),
                    voice("Joanna", "en-US", ALL),
                    voice("Matthew", "en-US", ALL),
                    voice("Danielle", "en-US", NEWER),
                    voice("Ruth", "en-US", NEWER),
                    voice("Stephen", "en-US", NEWER),
                    voice("Salli", "en-US", ALL),
                    voice("Gregory", "en-US", NEURAL),
                    voice("Kevin", "en-US", NEURAL),
                    voice("Kendra", "en-US", OLDER),
                    voice("Kimberly", "en-US", OLDER),
                    voice("Ivy", "en-US", OLDER),
                    voice("Joey", "en-US", OLDER),
                    voice("Justin", "en-US", OLDER),
                    voice("Amy", "en-GB", ALL));

    private static final Map<String, String> OURS =
            Map.of(
                    "en", "Joanna",
                    "en-us", "Joanna",
                    "en-gb", "Amy",
                    "es", "Lupe",
                    "es-us", "Lupe",
                    "es-mx", "Mia",
                    "es-es", "Lucia");

    private final Map<String, String> chosen = new LinkedHashMap<>();
    private final PollyEngine engine;

    /// @param chosen what settings say
    /// @param engine the engine the voices speak with
    public Voices(Map<Language, String> chosen, PollyEngine engine) {
        chosen.forEach((language, voice) -> this.chosen.put(key(language), voice));
        this.engine = engine;
    }

    private static Map.Entry<String, Known> voice(
            String name, String language, Set<PollyEngine> engines) {
        return Map.entry(name, new Known(new Language(language), engines));
    }

    /// Whether `voice` can speak with `engine`, as far as is known: what the tables do not say,
    /// [PollySynthesizer#check] asks Polly. They do not list the voices of the long-form engine.
    static boolean canUse(String voice, PollyEngine engine) {
        Known known = KNOWN.get(voice);
        return known == null || engine == PollyEngine.LONG_FORM || known.engines().contains(engine);
    }

    /// Whether `voice` speaks `language`, whatever the region, as far as is known.
    static boolean canSpeak(String voice, Language language) {
        Known known = KNOWN.get(voice);
        return known == null || known.language().sameAs(language);
    }

    /// What is expected of a voice that is to speak `language` with these, for messages to people: those that are known to.
    static String expected(Language language, PollyEngine engine, PollySettings.Overflow overflow) {
        String known =
                KNOWN.keySet().stream()
                        .filter(voice -> PollySettings.suits(voice, language, engine, overflow))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return "a voice of Polly's that speaks %s with the engines that are asked%s"
                .formatted(language, known.isEmpty() ? "" : ", such as " + known);
    }

    /// The voice for `language`, if there is one.
    public Optional<String> of(Language language) {
        return in(chosen, language)
                .or(() -> in(OURS, language).filter(voice -> isSureToUse(voice, engine)));
    }

    /// Every voice that may be asked to speak, by the language that settings, or else we, name it
    /// for.
    Map<Language, String> all() {
        Map<Language, String> all = new LinkedHashMap<>();
        chosen.keySet().forEach(tag -> put(all, new Language(tag)));
        OURS.keySet().stream()
                .map(Language::new)
                .filter(language -> in(chosen, language).isEmpty())
                .forEach(language -> put(all, language));
        return all;
    }

    private void put(Map<Language, String> all, Language language) {
        of(language).ifPresent(voice -> all.put(language, voice));
    }

    private static boolean isSureToUse(String voice, PollyEngine engine) {
        Known known = KNOWN.get(voice);
        return known != null && known.engines().contains(engine);
    }

    private static Optional<String> in(Map<String, String> voices, Language language) {
        return Optional.ofNullable(voices.get(key(language)))
                .or(() -> Optional.ofNullable(voices.get(language.base())));
    }

    private static String key(Language language) {
        return language.tag().toLowerCase(Locale.ROOT);
    }
}
