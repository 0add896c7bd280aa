package io.sandalphone.providers.offline;

import io.sandalphone.speech.Language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes written text of what a recognizer heard, for a translator that knows only written text, and
/// mends the translation.
///
/// Recognizers give lower case without punctuation: "please where is the station". Apertium takes "i"
/// for a foreign word and "please" for the verb, and begins words with capitals in the wrong places.
///
/// @param words what to translate: no courtesy, no end mark, nothing that means something in
///     Apertium's stream format
/// @param polite whether the speaker said please
/// @param question whether it asks
/// @param plain whether it came without capitals, so that none belong inside its translation
record SpokenPhrase(String words, boolean polite, boolean question, boolean plain) {
    private static final Pattern STREAM_CHARACTERS =
            Pattern.compile("[\\^$\\[\\]{}/\\\\@<>*#+~|\0]");
    private static final Pattern PLEASE =
            Pattern.compile(",?\\s*\\bplease\\b\\s*,?", Pattern.CASE_INSENSITIVE);
    private static final Pattern POR_FAVOR =
            Pattern.compile(",?\\s*\\bpor favor\\b\\s*,?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LONE_I = Pattern.compile("\\bi\\b");
    private static final Pattern OPENING_MARKS = Pattern.compile("[¿¡]");
    private static final Pattern END_MARKS = Pattern.compile("[.!?…,;:\\s]+$");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SPACE_BEFORE_MARK = Pattern.compile("\\s+([,.;:!?])");
    private static final Pattern SENTENCE_START = Pattern.compile("(^|[.!?]\\s+)(\\p{Ll})");

    /// English words that ask when they come first.
    private static final Set<String> ASK =
            Set.of(
                    "who", "what", "where", "which", "why", "how", "whose", "what's", "where's",
                    "who's", "how's");

    /// English words that ask when one of [#SUBJECTS] follows.
    private static final Set<String> ASK_BEFORE_SUBJECT =
            Set.of(
                    "is",
                    "are",
                    "am",
                    "was",
                    "were",
                    "do",
                    "does",
                    "did",
                    "can",
                    "could",
                    "will",
                    "would",
                    "shall",
                    "should",
                    "have",
                    "has",
                    "may",
                    "isn't",
                    "aren't",
                    "don't",
                    "doesn't",
                    "didn't",
                    "can't",
                    "couldn't",
                    "won't",
                    "wouldn't");

    private static final Set<String> SUBJECTS =
            Set.of(
                    "I",
                    "you",
                    "we",
                    "they",
                    "he",
                    "she",
                    "it",
                    "there",
                    "this",
                    "that",
                    "anybody",
                    "anyone",
                    "somebody",
                    "someone");

    private static final Set<String> ASK_SPANISH =
            Set.of(
                    "qué", "quién", "quiénes", "dónde", "adónde", "cuándo", "cómo", "cuál",
                    "cuáles", "cuánto", "cuánta", "cuántos", "cuántas");

    /// Reads `text`, spoken in `language`.
    static SpokenPhrase of(String text, Language language) {
        boolean english = language.base().equals("en");
        String cleaned = STREAM_CHARACTERS.matcher(text).replaceAll(" ");
        var courtesy = (english ? PLEASE : POR_FAVOR).matcher(spaced(cleaned));
        boolean polite = courtesy.find();
        String words = spaced(OPENING_MARKS.matcher(courtesy.replaceAll(" ")).replaceAll(""));
        boolean asked = words.endsWith("?");
        words = END_MARKS.matcher(words).replaceAll("");
        if (english) {
            words = LONE_I.matcher(words).replaceAll("I");
        }
        String[] each = words.split(" ", -1);
        boolean plain = Arrays.stream(each).skip(1).allMatch(SpokenPhrase::isPlain);
        return new SpokenPhrase(words, polite, asked || asks(each, english), plain);
    }

    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }

    private static boolean isPlain(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT))
                || word.equals("I")
                || word.startsWith("I'");
    }

    private static boolean asks(String[] words, boolean english) {
        String first = words[0].toLowerCase(Locale.ROOT);
        if (!english) {
            return ASK_SPANISH.contains(first);
        }
        boolean verbThenSubject =
                words.length > 1
                        && ASK_BEFORE_SUBJECT.contains(first)
                        && SUBJECTS.contains(words[1]);
        return ASK.contains(first) || verbThenSubject;
    }

    /// The translation of [#words] as one writes `language`.
    String written(String translated, Language language) {
        boolean spanish = language.base().equals("es");
        String text = SPACE_BEFORE_MARK.matcher(spaced(translated)).replaceAll("$1");
        text = END_MARKS.matcher(text).replaceAll("");
        if (spanish && plain) {
            text = text.toLowerCase(Locale.ROOT);
        }
        if (spanish && !language.tag().equalsIgnoreCase("es-ES")) {
            text = LatinAmericanSpanish.of(text);
        }
        if (polite) {
            String courtesy = spanish ? "por favor" : "please";
            text = text.isEmpty() ? courtesy : courtesy + ", " + decapitalized(text);
        }
        if (text.isEmpty()) {
            return text;
        }
        text =
                SENTENCE_START
                        .matcher(text)
                        .replaceAll(m -> m.group(1) + m.group(2).toUpperCase(Locale.ROOT));
        if (!question) {
            return text + ".";
        }
        int last = text.lastIndexOf(". ") < 0 ? 0 : text.lastIndexOf(". ") + 2;
        return spanish ? text.substring(0, last) + "¿" + text.substring(last) + "?" : text + "?";
    }

    private String decapitalized(String text) {
        return plain && !text.startsWith("I ")
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }
}
