package io.sandalphone.speech.text.number;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The words of one language that say what a number is a number of: units, currencies, months and days of
/// the week.
public record Measures(
        Map<String, String> units,
        Map<String, String> currencies,
        Map<String, Integer> months,
        Map<String, Integer> weekdays) {
    private static final Map<String, Measures> KNOWN = new ConcurrentHashMap<>();

    public static Measures of(Language language) {
        return KNOWN.computeIfAbsent(language.base(), base -> of(Lexicon.of(language)));
    }

    private static Measures of(Lexicon lexicon) {
        return new Measures(
                lexicon.table(Table.UNITS),
                lexicon.table(Table.CURRENCIES),
                lexicon.numbers(Table.MONTHS),
                lexicon.numbers(Table.WEEKDAYS));
    }
}
