package io.sandalphone.speech.text;

import io.sandalphone.speech.Language;

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

        boolean hold(String word) {
            return telling.contains(word) || inNames.contains(word);
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
                            every much many more other only still already again
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
                            favor le les lo nos se te una uno al sé creo ahora hoy mañana bien
                            """,
                            "de del la las los el y en"));

    private static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’]\\p{L}++)*+");
    private static final Pattern FIGURE = Pattern.compile("\\p{N}");
    private static final int FEWEST_WORDS = 3;
    private static final int FEWEST_FUNCTION_WORDS = 2;
    private static final int LEAST_SHARE = 4;

    private SpokenLanguage() {}

    /// What to do with `text`, said by someone expected to speak `expected` to someone who speaks
    /// `listener`.
    ///
    /// The language that the recognizer noticed decides, unless the words are plainly of the expected
    /// one. When it noticed none, the words decide, if they say enough.
    public static Verdict judge(
            Language expected, Language listener, Optional<Language> recognized, String text) {
        if (expected.sameAs(listener)) {
            return Verdict.LEAVE;
        }
        Optional<String> written = guess(text);
        boolean left =
                recognized.isPresent()
                        ? recognized.get().sameAs(listener)
                                && !written.equals(Optional.of(expected.base()))
                        : written.equals(Optional.of(listener.base()));
        return left ? Verdict.LEAVE : Verdict.TRANSLATE;
    }

    /// Whether `translated` is no more than what was `said`, capitals and marks aside: names, or a
    /// translator that gave back what it got. The listener has heard it then, in the speaker's own
    /// voice. Figures read the same in every language and are said differently: with one of them it is
    /// a translation.
    public static boolean unchanged(String said, String translated) {
        return !FIGURE.matcher(said).find() && words(said).equals(words(translated));
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
        List<String> words = words(text);
        if (words.size() < FEWEST_WORDS) {
            return Optional.empty();
        }
        Set<String> guesses = new HashSet<>();
        FUNCTION_WORDS.forEach(
                (language, known) -> {
                    long telling = words.stream().filter(known.telling::contains).count();
                    long held = words.stream().filter(known::hold).count();
                    boolean others =
                            FUNCTION_WORDS.entrySet().stream()
                                    .filter(other -> !other.getKey().equals(language))
                                    .anyMatch(
                                            other ->
                                                    words.stream()
                                                            .anyMatch(
                                                                    other.getValue().telling
                                                                            ::contains));
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
