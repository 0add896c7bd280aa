package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.EvaluationSet.Keep;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.number.Reading;
import io.sandalphone.speech.text.number.ValueReader;
import io.sandalphone.speech.text.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether numbers, names and negations of what was said are in its translation. Coarse, and the same for each policy: a number is
/// found by its value, a name by its letters, and any word that denies is a negation.
final class Kept {
    private static final Map<String, Set<String>> DENYING =
            Map.of(
                    "en",
                    Set.of(
                            "no", "not", "never", "nothing", "nobody", "none", "neither", "nor",
                            "without", "cannot", "nowhere", "no-one"),
                    "es",
                    Set.of(
                            "no", "nunca", "nada", "nadie", "ni", "ningún", "ninguno", "ninguna",
                            "sin", "tampoco", "jamás"));

    private Kept() {}

    /// How many of `wanted` are in `translation`, which is in language `to`.
    static int count(List<Keep> wanted, String translation, Language to) {
        return (int) wanted.stream().filter(keep -> kept(keep, translation, to)).count();
    }

    private static boolean kept(Keep keep, String heard, Language to) {
        if (keep.type() == Keep.Type.NEGATION) {
            return List.of(words(heard).split(" ", -1)).stream()
                    .anyMatch(
                            word ->
                                    DENYING.getOrDefault(to.base(), Set.of()).contains(word)
                                            || word.endsWith("n't"));
        }
        List<Value> wanted = values(keep.target(), to);
        return wanted.isEmpty()
                ? (" " + words(heard) + " ").contains(" " + words(keep.target()) + " ")
                : everyReading(heard, to).containsAll(wanted);
    }

    /// The numbers in `text`, one after the other, each as long as it may be.
    private static List<Value> values(String text, Language language) {
        List<Value> values = new ArrayList<>();
        int end = 0;
        for (Reading reading : ValueReader.read(text, language, List.of()).readings()) {
            if (reading.start() >= end) {
                values.add(reading.value());
                end = reading.end();
            }
        }
        return values;
    }

    private static Set<Value> everyReading(String text, Language language) {
        return ValueReader.read(text, language, List.of()).readings().stream()
                .map(Reading::value)
                .collect(Collectors.toSet());
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}']+", " ").strip();
    }
}
