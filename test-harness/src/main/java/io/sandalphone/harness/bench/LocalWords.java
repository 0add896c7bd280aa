package io.sandalphone.harness.bench;

import io.sandalphone.harness.measure.WordErrorRate;

import java.text.Normalizer;
import java.util.Arrays;

/// Words that were said, and how many would have to be replaced, added and left out to be what was
/// understood. Accents do not count: the texts of the Spanish recordings have none.
record LocalWords(int said, int wrong) {
    static LocalWords of(String asWritten, String understood) {
        String said = plain(asWritten);
        int words =
                (int)
                        Arrays.stream(said.split("[^\\p{L}\\p{N}']+", -1))
                                .filter(word -> !word.isEmpty())
                                .count();
        return new LocalWords(
                words, (int) Math.round(words * WordErrorRate.of(said, plain(understood))));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    LocalWords and(LocalWords more) {
        return new LocalWords(said + more.said, wrong + more.wrong);
    }

    double percent() {
        return said == 0 ? 0 : 100.0 * wrong / said;
    }
}
