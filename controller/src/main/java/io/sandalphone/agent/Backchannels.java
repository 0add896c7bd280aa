package io.sandalphone.agent;

import io.sandalphone.speech.Language;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The little words by which listeners show that they listen, and do not want to speak. Said while the agent goes on
/// speaking they are no turn; said into its silence they are one.
final class Backchannels {
    private static final Set<String> SOUNDS =
            Set.of(
                    "mm", "mmm", "mhm", "mmhm", "hm", "hmm", "uh", "huh", "uhhuh", "um", "ah",
                    "aha", "ahá", "oh", "eh", "ok", "okay", "okey");

    private static final Map<String, Set<String>> WORDS =
            Map.of(
                    "en",
                            Set.of(
                                    "yes", "yeah", "yep", "right", "sure", "good", "great", "fine",
                                    "i", "see"),
                    "es",
                            Set.of(
                                    "sí", "si", "ya", "claro", "bueno", "vale", "bien", "ajá",
                                    "aja", "ándale"),
                    "fr", Set.of("oui", "ouais", "bien", "bon", "daccord"),
                    "de", Set.of("ja", "genau", "gut", "aha", "klar", "so"),
                    "pt", Set.of("sim", "é", "tá", "certo", "bom", "claro"),
                    "it", Set.of("sì", "si", "va", "bene", "certo", "capito"));

    private static final int MOST_WORDS = 3;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Backchannels() {}

    /// Whether `text`, said in `language`, is nothing else.
    static boolean only(String text, Language language) {
        Set<String> own = WORDS.getOrDefault(language.base(), Set.of());
        String[] words = SPACE.split(text.strip(), -1);
        if (words.length > MOST_WORDS) {
            return false;
        }
        for (String word : words) {
            String plain = word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
            if (!plain.isEmpty() && !SOUNDS.contains(plain) && !own.contains(plain)) {
                return false;
            }
        }
        return true;
    }
}
