package io.sandalphone.providers.offline;

import java.nio.file.Path;
import java.time.Duration;

/// How the embedded engines run.
///
/// @param model the folder that holds PocketSphinx's English model
/// @param decoders the most utterances recognised at the same moment; each costs memory
/// @param recognizeWithin how long after an utterance its words are waited for before the recognition
///     worker is taken to hang
/// @param modes the folder that holds Apertium's translation modes
/// @param answerWithin how long a translation, or the next piece of speech, is waited for
/// @param wordsPerMinute how fast espeak-ng speaks
/// @param pitch how high espeak-ng speaks, 0 to 99
/// @param englishVoice espeak-ng's voice for English
/// @param spanishVoice espeak-ng's voice for Spanish
public record OfflineSettings(
        Path model,
        int decoders,
        Duration recognizeWithin,
        Path modes,
        Duration answerWithin,
        int wordsPerMinute,
        int pitch,
        String englishVoice,
        String spanishVoice) {
    public OfflineSettings {
        require(decoders >= 1 && decoders <= 64, "decoders must be 1 to 64, not " + decoders);
        require(recognizeWithin.isPositive(), "recognizeWithin must be positive");
        require(answerWithin.isPositive(), "answerWithin must be positive");
        require(
                wordsPerMinute >= 80 && wordsPerMinute <= 450,
                "wordsPerMinute must be 80 to 450, not " + wordsPerMinute);
        require(pitch >= 0 && pitch <= 99, "pitch must be 0 to 99, not " + pitch);
        require(isVoice(englishVoice), "not a voice of espeak-ng: " + englishVoice);
        require(isVoice(spanishVoice), "not a voice of espeak-ng: " + spanishVoice);
    }

    /// Where Debian and Ubuntu put things, and what was found to work best on telephone speech.
    public static OfflineSettings defaults() {
        return new OfflineSettings(
                Path.of("/usr/share/pocketsphinx/model/en-us"),
                4,
                Duration.ofSeconds(20),
                Path.of("/usr/share/apertium/modes"),
                Duration.ofSeconds(5),
                165,
                50,
                "en-us",
                "es-419");
    }

    private static boolean isVoice(String name) {
        return name.matches("[a-z]{2,3}([-+][A-Za-z0-9-]+)*");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
