package io.sandalphone.harness.fakes.google;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.Usage;

import java.util.List;

/// What the fake knows of languages. May block.
@FunctionalInterface
public interface FakeDictionary {
    /// One line of text, translated.
    String translate(String line, String from, String to) throws InterruptedException;

    /// Says which language was asked for, and repeats the text: `[es] where is it`.
    static FakeDictionary prefix() {
        return (line, _, to) -> "[" + to + "] " + line;
    }

    /// Translates by another translator, and leaves what that one does not know as it is, as Google
    /// would.
    static FakeDictionary of(Translator translator) {
        return (line, from, to) -> {
            var request =
                    new TranslationRequest(
                            line, new Language(from), new Language(to), List.of(), Usage.UNMETERED);
            try {
                return translator.translates(request.from(), request.to())
                        ? translator.translate(request)
                        : line;
            } catch (SpeechException _) {
                return line;
            }
        };
    }
}
