package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Decides whether an utterance needs a translation, or was said in the language of the listener
/// already. When in doubt it is translated: hearing something twice is better than not understanding
/// it.
public final class SpokenLanguage {
    /// What to do with an utterance.
    public enum Verdict {
        TRANSLATE,
        /// The listener understands it as it is.
        LEAVE
    }

    /// Letters that English has in names only. A language whose telling words hold `ñ` has them.
    private static final Pattern SPANISH_LETTER = Pattern.compile("[áéíóúñü]");

    private static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’]\\p{L}++)*+");
    private static final Pattern FIGURE = Pattern.compile("\\p{N}");
    private static final int FEWEST_WORDS = 3;
    private static final int FEWEST_FUNCTION_WORDS = 2;
    private static final int LEAST_SHARE = 4;
    private static final int MOST_IN_COMMON = 3;

    private SpokenLanguage() {}

    /// Whether `word` is of the language only.
    private static boolean tells(Lexicon language, String word) {
        return language.has(Role.TELLING, word)
                || (language.has(Role.TELLING, "ñ") && SPANISH_LETTER.matcher(word).find());
    }

    /// Whether `word` holds sentences of the language together.
    private static boolean holds(Lexicon language, String word) {
        return tells(language, word) || language.has(Role.TELLING_IN_NAMES, word);
    }

    /// Whether any of its words are known.
    private static boolean hasWords(Lexicon language) {
        return Lexicon.languages().contains(language);
    }

    /// What to do with `text`, said by someone expected to speak `expected` to someone who speaks
    /// `listener`.
    ///
    /// Only words that themselves point to the listener's language are left: one of them where the
    /// recognizer surely noticed that language too, and more where it did not.
    public static Verdict judge(
            Language expected, Language listener, Optional<Language> recognized, String text) {
        if (expected.sameAs(listener)) {
            return Verdict.LEAVE;
        }
        boolean left =
                recognized.isPresent()
                        ? recognized.get().sameAs(listener) && pointsTo(listener, expected, text)
                        : guess(text).equals(Optional.of(listener.base()));
        return left ? Verdict.LEAVE : Verdict.TRANSLATE;
    }

    /// Whether a word of `text` is of `one` language only, and none of the `other`. Of languages without
    /// a table nothing can be said, and the recognizer is believed.
    private static boolean pointsTo(Language one, Language other, String text) {
        Lexicon telling = Lexicon.of(one);
        Lexicon against = Lexicon.of(other);
        List<String> words = noNames(text);
        return (!hasWords(telling) || words.stream().anyMatch(word -> tells(telling, word)))
                && words.stream().noneMatch(word -> tells(against, word));
    }

    /// Whether `translated` is no more than what was `said`, capitals and marks aside: a translator
    /// that gave back what it got. The listener has heard it then, in the speaker's own voice. Figures
    /// read the same in every language and are said differently: with one of them it is a translation.
    /// So it is where a few words are the same in both: "No.", "Hotel Central."
    public static boolean unchanged(String said, String translated) {
        return words(said).size() > MOST_IN_COMMON
                && !FIGURE.matcher(said).find()
                && words(said).equals(words(translated));
    }

    /// The words of `text` but those with a capital inside a sentence: names are of no language.
    private static List<String> noNames(String text) {
        List<String> words = new ArrayList<>();
        WORD.matcher(text)
                .results()
                .forEach(
                        match -> {
                            String before = text.substring(0, match.start()).stripTrailing();
                            boolean begins =
                                    before.isEmpty()
                                            || ".?!¿¡".indexOf(before.charAt(before.length() - 1))
                                                    >= 0;
                            boolean name =
                                    Character.isUpperCase(match.group().charAt(0)) && !begins;
                            String word = match.group().toLowerCase(Locale.ROOT).replace('’', '\'');
                            boolean capital = Character.isUpperCase(match.group().charAt(0));
                            if (!name || word.equals("i") || word.startsWith("i'")) {
                                // "María" may be anybody's name.
                                words.add(
                                        capital && !known(word)
                                                ? SPANISH_LETTER.matcher(word).replaceAll("x")
                                                : word);
                            }
                        });
        return words;
    }

    private static boolean known(String word) {
        return Lexicon.languages().stream()
                .anyMatch(
                        known ->
                                known.has(Role.TELLING, word)
                                        || known.has(Role.TELLING_IN_NAMES, word));
    }

    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(match -> match.group().replace('’', '\''))
                .toList();
    }

    /// The language of which `text` holds function words enough, and of no other a single one that
    /// tells. Empty for short texts, mixed ones, and those of names and numbers.
    static Optional<String> guess(String text) {
        List<String> words = noNames(text);
        if (words(text).size() < FEWEST_WORDS) {
            return Optional.empty();
        }
        Set<String> guesses = new HashSet<>();
        for (Lexicon language : Lexicon.languages()) {
            long telling = words.stream().filter(word -> tells(language, word)).count();
            long held = words.stream().filter(word -> holds(language, word)).count();
            boolean others =
                    Lexicon.languages().stream()
                            .filter(other -> !other.equals(language))
                            .anyMatch(other -> words.stream().anyMatch(word -> tells(other, word)));
            if (telling > 0
                    && held >= FEWEST_FUNCTION_WORDS
                    && held * LEAST_SHARE >= words.size()
                    && !others) {
                guesses.add(language.language());
            }
        }
        return guesses.stream().findFirst();
    }
}
