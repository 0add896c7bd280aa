package io.sandalphone.speech.text.lexicon;

import io.sandalphone.speech.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Gives words that a recognizer tells in lower case, because their sentence has not ended, the capitals by which a translator
/// and a voice know them: days, months, titles ([Role#CAPITALISED]), and letters that are spelled.
public final class Capitals {
    private static final Pattern CAPITAL = Pattern.compile("\\p{Lu}");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern LETTER = Pattern.compile("\\p{L}[.,;:]?");
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}']+$");

    /// From so many letters one after another on, all of them are spelled.
    private static final int SPELLED = 3;

    private Capitals() {}

    /// `text` with them; as it is where it has any capitals, because then somebody has written it.
    public static String restored(String text, Language language) {
        if (CAPITAL.matcher(text).find()) {
            return text;
        }
        Lexicon lexicon = Lexicon.of(language);
        List<String> words = List.of(SPACE.split(text, -1));
        List<String> restored = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String plain = MARKS.matcher(word).replaceAll("");
            boolean letter =
                    letter(word) && (!lexicon.has(Role.LETTER_WORD, plain) || spelled(words, i));
            restored.add(letter || lexicon.has(Role.CAPITALISED, plain) ? capital(word) : word);
        }
        return String.join(" ", restored);
    }

    private static boolean letter(String word) {
        return LETTER.matcher(word).matches();
    }

    /// Whether the word at `index` is one of so many letters in a row that they are spelled.
    private static boolean spelled(List<String> words, int index) {
        int from = index;
        while (from > 0 && letter(words.get(from - 1))) {
            from--;
        }
        int to = index + 1;
        while (to < words.size() && letter(words.get(to))) {
            to++;
        }
        return to - from >= SPELLED;
    }

    private static String capital(String word) {
        int first = word.offsetByCodePoints(0, 1);
        return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
    }
}
