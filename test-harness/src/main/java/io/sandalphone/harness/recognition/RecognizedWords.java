package io.sandalphone.harness.recognition;

import io.sandalphone.harness.measure.WordErrorRate;

import java.text.Normalizer;
import java.util.Locale;

/// Words that were said, and how many would have to be replaced, added and left out to be what was
/// understood.
public record RecognizedWords(int said, int wrong) {
    /// Of one sentence, or of more. Case, punctuation and accents do not count: how a word is written is not
    /// how it was heard.
    public static RecognizedWords of(String asWritten, String understood) {
        String said = plain(asWritten);
        int words = said.isEmpty() ? 0 : said.split(" ", -1).length;
        return new RecognizedWords(
                words, (int) Math.round(words * WordErrorRate.of(said, plain(understood))));
    }

    /// What counts of a text: its words, without accents.
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                .strip();
    }

    /// These and those.
    public RecognizedWords and(RecognizedWords more) {
        return new RecognizedWords(said + more.said, wrong + more.wrong);
    }

    /// How many of a hundred words are wrong.
    public double percent() {
        return said == 0 ? 0 : 100.0 * wrong / said;
    }
}
