package io.sandalphone.routing;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// What a caller hears who calls outside the hours of a number, before the call ends.
///
/// Printed without the words.
///
/// @param voices with which voices it is said
public record ClosedSentence(String text, Language language, VoiceChoice voices) {
    private static final String FALLBACK = "en";
    private static final Properties TEXTS = load();

    /// The usual one in `language`; in English, with the usual voice, where there is none.
    static ClosedSentence usual(Language language, VoiceChoice voices) {
        String own = TEXTS.getProperty(language.base());
        return own == null
                ? new ClosedSentence(
                        TEXTS.getProperty(FALLBACK), new Language(FALLBACK), VoiceChoice.USUAL)
                : new ClosedSentence(own, language, voices);
    }

    private static Properties load() {
        var texts = new Properties();
        try (var file = ClosedSentence.class.getResourceAsStream("closed.properties")) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: closed.properties");
            }
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    @Override
    public String toString() {
        return "ClosedSentence[%s]".formatted(language);
    }
}
