package io.sandalphone.providers.offline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

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
        require(recognizeWithin.isPositive(), "recognize-within-ms must be positive");
        require(answerWithin.isPositive(), "answer-within-ms must be positive");
        require(
                wordsPerMinute >= 80 && wordsPerMinute <= 450,
                "words-per-minute must be 80 to 450, not " + wordsPerMinute);
        require(pitch >= 0 && pitch <= 99, "pitch must be 0 to 99, not " + pitch);
        require(isVoice(englishVoice), "not a voice of espeak-ng: " + englishVoice);
        require(isVoice(spanishVoice), "not a voice of espeak-ng: " + spanishVoice);
    }

    /// Where Debian and Ubuntu put things, and what was found to work best on telephone speech.
    public static OfflineSettings defaults() {
        return new OfflineSettings(
                Path.of("/usr/share/pocketsphinx/model/en-us"),
                2,
                Duration.ofSeconds(20),
                Path.of("/usr/share/apertium/modes"),
                Duration.ofSeconds(5),
                165,
                50,
                "en-us",
                "es-419");
    }

    /// The defaults, changed where `settings` say so. Keys: `model` and `modes` (folders), `decoders`,
    /// `recognize-within-ms`, `answer-within-ms`, `words-per-minute`, `pitch`, `english-voice`,
    /// `spanish-voice`.
    ///
    /// @throws IllegalArgumentException that names the key when it is unknown or its value is wrong
    public static OfflineSettings of(Map<String, String> settings) {
        var left = new TreeMap<>(settings);
        var defaults = defaults();
        var result =
                new OfflineSettings(
                        path(left, "model", defaults.model),
                        number(left, "decoders", defaults.decoders),
                        millis(left, "recognize-within-ms", defaults.recognizeWithin),
                        path(left, "modes", defaults.modes),
                        millis(left, "answer-within-ms", defaults.answerWithin),
                        number(left, "words-per-minute", defaults.wordsPerMinute),
                        number(left, "pitch", defaults.pitch),
                        text(left, "english-voice", defaults.englishVoice),
                        text(left, "spanish-voice", defaults.spanishVoice));
        require(left.isEmpty(), "unknown settings of the offline engines: " + left.keySet());
        return result;
    }

    private static String text(Map<String, String> left, String key, String otherwise) {
        String value = left.remove(key);
        return value == null ? otherwise : value;
    }

    private static Path path(Map<String, String> left, String key, Path otherwise) {
        return Path.of(text(left, key, otherwise.toString()));
    }

    private static int number(Map<String, String> left, String key, int otherwise) {
        String value = text(left, key, Integer.toString(otherwise));
        require(value.matches("[0-9]{1,9}"), key + " must be a whole number, not " + value);
        return Integer.parseInt(value);
    }

    private static Duration millis(Map<String, String> left, String key, Duration otherwise) {
        return Duration.ofMillis(number(left, key, (int) otherwise.toMillis()));
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
