package io.sandalphone.providers.offline;

import java.util.List;
import java.util.regex.Pattern;

/// Turns Apertium's Spanish, which addresses several people as Spain does and runs some words
/// together, into what is said in the Americas.
final class LatinAmericanSpanish {
    private record Change(Pattern words, String instead) {
        Change(String words, String instead) {
            this(
                    Pattern.compile(
                            "\\b" + words + "\\b",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS),
                    instead);
        }
    }

    private static final List<Change> CHANGES =
            List.of(
                    new Change("gracias para", "gracias por"),
                    new Change("losiento", "lo siento"),
                    new Change("vuestr[oa]s", "sus"),
                    new Change("vuestr[oa]", "su"),
                    new Change("vosotr[oa]s", "ustedes"),
                    new Change("complacer", "por favor"));

    private LatinAmericanSpanish() {}

    static String of(String text) {
        String changed = text;
        for (var change : CHANGES) {
            changed = change.words.matcher(changed).replaceAll(change.instead);
        }
        return changed;
    }
}
