package io.sandalphone.harness.voices;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Sentences of which telephone calls are made, with every number in words.
///
/// @param language `en` or `es`
/// @param sentences 40 of them
/// @param six a phrase of six words, by which the time to the first sound is measured
record Talk(String language, List<String> sentences, String six) {
    static final Talk ENGLISH = read("en", "Where is the nearest bus station?");
    static final Talk SPANISH = read("es", "¿A qué hora sale el tren?");

    private static Talk read(String language, String six) {
        String name = "telephone-talk-" + language + ".txt";
        try (InputStream in = Talk.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Talk(language, text.lines().toList(), six);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
