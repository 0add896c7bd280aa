package io.sandalphone.speech.http;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A vendor's voices by the languages that settings name them for. A language without region stands for all its regions.
///
/// @param byTag the vendor's names, by tags in lower case
public record VoiceNames(Map<String, String> byTag) {
    public VoiceNames {
        byTag = Map.copyOf(byTag);
    }

    /// Reads a section with a name under each language.
    public static Setting<VoiceNames> read(Section section) {
        Map<String, Setting<String>> voices = new LinkedHashMap<>();
        section.raw()
                .fieldNames()
                .forEachRemaining(
                        tag ->
                                voices.put(
                                        tag.toLowerCase(Locale.ROOT),
                                        section.value(
                                                tag,
                                                "a voice's name, under a language such as es or"
                                                        + " es-MX",
                                                text -> {
                                                    new Language(tag);
                                                    return VoiceChoice.name(text);
                                                })));
        return section.make(
                () -> {
                    Map<String, String> names = new LinkedHashMap<>();
                    voices.forEach((tag, name) -> names.put(tag, name.get()));
                    return new VoiceNames(names);
                });
    }

    /// The voice for `language`, if one is named for it.
    public Optional<String> of(Language language) {
        return Optional.ofNullable(byTag.get(language.tag().toLowerCase(Locale.ROOT)))
                .or(() -> Optional.ofNullable(byTag.get(language.base())));
    }
}
