package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /// Words that hold sentences together and belong to one of the languages only. Those that names
    /// hold too ("Juan de la Cruz", "The Lord of the Rings") count, but prove nothing alone.
    private record Words(Set<String> telling, Set<String> inNames) {
        static Words of(String telling, String inNames) {
            return new Words(
                    Set.copyOf(List.of(telling.strip().split("\\s+", -1))),
                    Set.copyOf(List.of(inNames.strip().split("\\s+", -1))));
        }

        boolean tells(String word) {
            return telling.contains(word)
                    || (telling.contains("ñ") && SPANISH_LETTER.matcher(word).find());
        }

        boolean hold(String word) {
            return tells(word) || inNames.contains(word);
        }
    }

    private static final Map<String, Words> FUNCTION_WORDS =
            Map.of(
                    "en",
                    Words.of(
                            """
                            i i'm i'll i've i'd you you're your we we're they they're their them she his her
                            it it's its this that that's these those my our is are was were be been being
                            am do does did don't doesn't didn't have had will would could should can't
                            can won't must may might not but or if because when where what which who why
                            how with without from about into for to at by than then there here very
                            please thank thanks yes want need know think get got going just some any
                            every much many more other only still already again right okay sorry hundred thousand dollars
                            """,
                            "the of and on in"),
                    "es",
                    Words.of(
                            """
                            yo tú usted ustedes él ella nosotros ellos ellas mi mis tu tus su sus nuestro
                            nuestra que qué quién cómo cuándo dónde cuánto cuál porque pero aunque si sí
                            es está están estoy estamos soy somos era fue ser estar tengo tiene tienen
                            tenemos hay había quiero quiere necesito puede puedo podemos voy va vamos
                            hacer hace con para por sobre hasta desde cuando donde como más muy también
                            ya aquí ahí allí esto eso este esta ese esa algo nada todo todos gracias
                            favor le les lo nos se te una uno al sé creo ahora hoy mañana bien perdón verdad pesos buenas ñ
                            """,
                            "de del la las los el y en"));

    /// Letters that English has in names only. A table that holds `ñ` is of a language that has them.
    private static final Pattern SPANISH_LETTER = Pattern.compile("[áéíóúñü]");

    private static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’]\\p{L}++)*+");
    private static final Pattern FIGURE = Pattern.compile("\\p{N}");
    private static final int FEWEST_WORDS = 3;
    private static final int FEWEST_FUNCTION_WORDS = 2;
    private static final int LEAST_SHARE = 4;
    private static final int MOST_IN_COMMON = 3;

    private SpokenLanguage() {}

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
        Words telling = FUNCTION_WORDS.get(one.base());
        Words against = FUNCTION_WORDS.get(other.base());
        List<String> words = noNames(text);
        return (telling == null || words.stream().anyMatch(telling::tells))
                && (against == null || words.stream().noneMatch(against::tells));
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
        return FUNCTION_WORDS.values().stream()
                .anyMatch(words -> words.telling.contains(word) || words.inNames.contains(word));
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
        FUNCTION_WORDS.forEach(
                (language, known) -> {
                    long telling = words.stream().filter(known::tells).count();
                    long held = words.stream().filter(known::hold).count();
                    boolean others =
                            FUNCTION_WORDS.entrySet().stream()
                                    .filter(other -> !other.getKey().equals(language))
                                    .anyMatch(
                                            other ->
                                                    words.stream()
                                                            .anyMatch(other.getValue()::tells));
                    if (telling > 0
                            && held >= FEWEST_FUNCTION_WORDS
                            && held * LEAST_SHARE >= words.size()
                            && !others) {
                        guesses.add(language);
                    }
                });
        return guesses.stream().findFirst();
    }
}
