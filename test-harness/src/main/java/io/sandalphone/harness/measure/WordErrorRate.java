package io.sandalphone.harness.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How far recognized words are from the words that were said: the least number of words to replace,
/// add and leave out, for each word said.
public final class WordErrorRate {
    private WordErrorRate() {}

    /// 0 when all words are right; above 1 is possible. Case and punctuation do not count.
    public static double of(String known, String recognized) {
        List<String> said = words(known);
        int errors = errors(said, words(recognized));
        return said.isEmpty() ? errors : errors / (double) said.size();
    }

    /// The least number of words to replace, add and leave out, to make the ones of the others.
    public static int errors(List<String> known, List<String> recognized) {
        int[] row = new int[recognized.size() + 1];
        Arrays.setAll(row, i -> i);
        for (String word : known) {
            int diagonal = row[0]++;
            for (int j = 1; j <= recognized.size(); j++) {
                int kept = diagonal + (word.equals(recognized.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[recognized.size()];
    }

    /// The words of a text, in lower case, without its punctuation.
    public static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
