package io.sandalphone.providers.google;

import io.sandalphone.speech.Language;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What Google's recognition and voices call our languages, each of which they want with a region ("Speech-to-Text supported
/// languages", "Supported voices and languages"). A region that they do not have, or none, is the one most of its speakers on a
/// telephone in the Americas have, or else that of the language's own country.
final class SpeechLanguages {
    private static final Map<String, String> HEARD =
            table(
                    "en-US es-US ja-JP ar-EG ru-RU fr-FR de-DE pt-BR it-IT nl-NL pl-PL ko-KR tr-TR"
                            + " hi-IN uk-UA sv-SE da-DK no-NO fi-FI cs-CZ el-GR id-ID vi-VN th-TH"
                            + " ro-RO hu-HU bg-BG hr-HR sk-SK ca-ES",
                    Map.of("zh", "cmn-Hans-CN", "he", "iw-IL", "nb", "no-NO"));

    private static final Map<String, String> SPOKEN =
            table(
                    "en-US es-US ja-JP ar-XA ru-RU fr-FR de-DE pt-BR it-IT nl-NL pl-PL ko-KR tr-TR"
                            + " hi-IN uk-UA sv-SE da-DK nb-NO fi-FI cs-CZ el-GR he-IL id-ID vi-VN"
                            + " th-TH ro-RO hu-HU bg-BG sk-SK ca-ES",
                    Map.of("zh", "cmn-CN", "no", "nb-NO"));

    /// Regions that recognition has beside those: of a language of which it has many, what is asked for is taken.
    private static final Set<String> HEARD_ANYWHERE = Set.of("en", "es", "ar");

    private static final Set<String> HEARD_BESIDE =
            Set.of("fr-ca", "fr-be", "fr-ch", "pt-pt", "de-at", "de-ch", "it-ch", "nl-be");

    /// Regions that have voices of their own.
    private static final Set<String> SPOKEN_BESIDE =
            Set.of("en-gb", "en-au", "en-in", "es-es", "fr-ca", "pt-pt", "nl-be");

    private SpeechLanguages() {}

    private static Map<String, String> table(String codes, Map<String, String> irregular) {
        Map<String, String> table = new HashMap<>(irregular);
        for (String code : codes.split(" ", -1)) {
            table.put(code.substring(0, code.indexOf('-')), code);
        }
        return Map.copyOf(table);
    }

    /// What recognition calls `language`; empty where it is not taken to know it.
    static Optional<String> heard(Language language) {
        return Optional.ofNullable(HEARD.get(language.base()))
                .map(
                        usual ->
                                isRegional(language)
                                                && (HEARD_ANYWHERE.contains(language.base())
                                                        || HEARD_BESIDE.contains(tag(language)))
                                        ? canonical(language)
                                        : usual);
    }

    /// What voices call `language`; empty where none is taken to speak it.
    static Optional<String> spoken(Language language) {
        return Optional.ofNullable(SPOKEN.get(language.base()))
                .map(usual -> SPOKEN_BESIDE.contains(tag(language)) ? canonical(language) : usual);
    }

    /// The language of a voice, which its name begins with: `es-US` of `es-US-Neural2-A`.
    static Optional<String> ofVoice(String name) {
        String[] parts = name.split("-", 3);
        return parts.length == 3 && parts[0].matches("[a-z]{2,3}") && parts[1].matches("[A-Z]{2}")
                ? Optional.of(parts[0] + '-' + parts[1])
                : Optional.empty();
    }

    private static boolean isRegional(Language language) {
        return language.tag().matches("[A-Za-z]{2,3}-[A-Za-z]{2}");
    }

    private static String tag(Language language) {
        return language.tag().toLowerCase(Locale.ROOT);
    }

    private static String canonical(Language language) {
        return Locale.forLanguageTag(language.tag()).toLanguageTag();
    }
}
