package io.sandalphone.speech.segment;

import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where speech of one language may be cut into clauses, as data: a file for each language,
/// `clauses-LANGUAGE.properties`, whose keys say what each number and each list of words is. Immutable.
///
/// @param commaWords the least words of a clause that ends at a comma
/// @param conjunctionWords those of one that ends before a conjunction
/// @param pauseWords those of one that ends at a pause
/// @param pauseMillis how much silence between two words is a pause
/// @param endPauseMillis after how much silence whatever was said is a clause, unless it plainly goes on
/// @param enough from which length on what follows on other words is a clause wherever nothing leans on anything
/// @param most from which length on a clause is cut at the best place there is
/// @param conjunctions words before which a clause may end
/// @param neverAfter words after which none ends
/// @param mayEnd those of them after which one may end where the speaker pauses
/// @param neverBefore words before which none ends, but at the end of a sentence
/// @param numbers words of numbers
/// @param growingNumbers those of them behind which another one is likely ("twenty", "hundred")
/// @param digitNouns words behind which digits are told one by one, or in groups
/// @param numberJoints words that go on with a number behind one
/// @param months words behind which a number goes on with a date
/// @param addressWords what the signs of an address are called
/// @param abbreviations words whose full stop ends no sentence
public record ClauseRules(
        int commaWords,
        int conjunctionWords,
        int pauseWords,
        int pauseMillis,
        int endPauseMillis,
        Length enough,
        Length most,
        Set<String> conjunctions,
        Set<String> neverAfter,
        Set<String> mayEnd,
        Set<String> neverBefore,
        Set<String> numbers,
        Set<String> growingNumbers,
        Set<String> digitNouns,
        Set<String> numberJoints,
        Set<String> months,
        Set<String> addressWords,
        Set<String> abbreviations) {
    private static final Map<String, Optional<ClauseRules>> KNOWN = new ConcurrentHashMap<>();
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /// A length that is reached by so many characters, or by so much time from the first word to the end of the last.
    public record Length(int characters, int millis) {
        public Length {
            if (characters < 20 || millis < 1000) {
                throw new IllegalArgumentException(
                        "no clause of " + characters + " characters or " + millis + " ms");
            }
        }
    }

    public ClauseRules {
        for (int least :
                new int[] {commaWords, conjunctionWords, pauseWords, pauseMillis, endPauseMillis}) {
            if (least < 1) {
                throw new IllegalArgumentException(
                        "least words and pause must be positive: " + least);
            }
        }
        if (enough.characters() > most.characters() || enough.millis() > most.millis()) {
            throw new IllegalArgumentException(enough + " is more than " + most);
        }
        conjunctions = Set.copyOf(conjunctions);
        neverAfter = Set.copyOf(neverAfter);
        mayEnd = Set.copyOf(mayEnd);
        neverBefore = Set.copyOf(neverBefore);
        numbers = Set.copyOf(numbers);
        growingNumbers = Set.copyOf(growingNumbers);
        digitNouns = Set.copyOf(digitNouns);
        numberJoints = Set.copyOf(numberJoints);
        months = Set.copyOf(months);
        addressWords = Set.copyOf(addressWords);
        abbreviations = Set.copyOf(abbreviations);
    }

    /// Those of `language`; empty where nobody has written them. Read once: a lane asks on its call's loop.
    public static Optional<ClauseRules> of(Language language) {
        return KNOWN.computeIfAbsent(language.base(), ClauseRules::load);
    }

    private static Optional<ClauseRules> load(String base) {
        String name = "clauses-" + base + ".properties";
        try (InputStream file = ClauseRules.class.getResourceAsStream(name)) {
            if (file == null) {
                return Optional.empty();
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return Optional.of(read(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /// The same with other least words of a clause, wherever it ends; a pause ends one that has a word less.
    public ClauseRules withLeastWords(int words) {
        return new ClauseRules(
                words,
                words,
                Math.max(1, words - 1),
                pauseMillis,
                endPauseMillis,
                enough,
                most,
                conjunctions,
                neverAfter,
                mayEnd,
                neverBefore,
                numbers,
                growingNumbers,
                digitNouns,
                numberJoints,
                months,
                addressWords,
                abbreviations);
    }

    private static ClauseRules read(Properties file) {
        return new ClauseRules(
                number(file, "comma-words"),
                number(file, "conjunction-words"),
                number(file, "pause-words"),
                number(file, "pause-ms"),
                number(file, "end-pause-ms"),
                length(file, "enough"),
                length(file, "most"),
                words(file, "conjunctions"),
                words(file, "never-after"),
                words(file, "may-end"),
                words(file, "never-before"),
                words(file, "numbers"),
                words(file, "growing-numbers"),
                words(file, "digit-nouns"),
                words(file, "number-joints"),
                words(file, "months"),
                words(file, "address-words"),
                words(file, "abbreviations"));
    }

    private static Length length(Properties file, String key) {
        return new Length(number(file, key + "-characters"), number(file, key + "-ms"));
    }

    private static int number(Properties file, String key) {
        return Integer.parseInt(value(file, key));
    }

    private static Set<String> words(Properties file, String key) {
        return SPACE.splitAsStream(value(file, key))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String value(Properties file, String key) {
        String value = file.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("no " + key + " in the rules of clauses");
        }
        return value.strip();
    }
}
