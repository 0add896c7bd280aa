package io.sandalphone.harness.latency;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// chrF2 (Popović 2015): how much a translation has of the characters of a reference, in sequences of 1 to 6, where what is
/// missing counts twice as much as what is too much. Spaces count as nothing; nor do case and marks, which nobody hears.
final class Chrf {
    private static final int LONGEST = 6;
    private static final double BETA_SQUARED = 4;

    private Chrf() {}

    /// From 0 to 100.
    static double score(String translation, String reference) {
        String found = letters(translation);
        String wanted = letters(reference);
        double precision = 0;
        double recall = 0;
        int lengths = 0;
        for (int n = 1; n <= LONGEST && n <= wanted.length(); n++) {
            Map<String, Integer> of = sequences(wanted, n);
            Map<String, Integer> in = sequences(found, n);
            int same =
                    of.entrySet().stream()
                            .mapToInt(e -> Math.min(e.getValue(), in.getOrDefault(e.getKey(), 0)))
                            .sum();
            precision += found.length() < n ? 0 : (double) same / (found.length() - n + 1);
            recall += (double) same / (wanted.length() - n + 1);
            lengths++;
        }
        if (lengths == 0 || precision + recall == 0) {
            return 0;
        }
        precision /= lengths;
        recall /= lengths;
        return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Map<String, Integer> sequences(String text, int length) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i + length <= text.length(); i++) {
            counts.merge(text.substring(i, i + length), 1, Integer::sum);
        }
        return counts;
    }
}
