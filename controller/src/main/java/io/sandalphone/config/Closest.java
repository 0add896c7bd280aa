package io.sandalphone.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses which word was meant by a misspelt one.
public final class Closest {
    private Closest() {}

    /// The candidate that differs least from `word`, when so little that it is likely meant.
    static Optional<String> to(String word, Collection<String> candidates) {
        int tolerated = Math.min(word.length() - 1, Math.max(2, word.length() / 3));
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// The same, as a message asks for it.
    public static Optional<String> asked(String word, Collection<String> candidates) {
        return to(word, candidates).map(meant -> meant + " (did you mean that?)");
    }

    /// How many letters to insert, delete or replace (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
