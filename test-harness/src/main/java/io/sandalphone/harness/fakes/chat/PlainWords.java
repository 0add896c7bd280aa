package io.sandalphone.harness.fakes.chat;

import java.text.Normalizer;
import java.util.Locale;

/// Texts made alike, to look for words in them.
public final class PlainWords {
    private PlainWords() {}

    /// The words of `text` in small letters, without accents and marks, with one blank before and behind each.
    public static String of(String text) {
        String letters =
                Normalizer.normalize(text, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ");
        return " " + letters.strip() + " ";
    }
}
