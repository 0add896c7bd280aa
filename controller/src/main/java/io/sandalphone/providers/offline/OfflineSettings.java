package io.sandalphone.providers.offline;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// How the embedded engines run.
///
/// @param model the folder that holds PocketSphinx's English model
/// @param decoders the most utterances recognised at the same moment; each costs memory
/// @param recognizeTimeout how long after an utterance its words are waited for before the recognition
///     worker is taken to hang
/// @param modes the folder that holds Apertium's translation modes
/// @param answerTimeout how long a translation, or the next piece of speech, is waited for
/// @param voices the voices to speak with, the preferred one first
/// @param picoData the folder that holds the languages of SVOX Pico
/// @param wordsPerMinute how fast is spoken
/// @param pitch how high espeak-ng speaks, 0 to 99
/// @param englishVoice espeak-ng's voice for English
/// @param spanishVoice espeak-ng's voice for Spanish
public record OfflineSettings(
        Path model,
        int decoders,
        Duration recognizeTimeout,
        Path modes,
        Duration answerTimeout,
        List<VoiceKind> voices,
        Path picoData,
        int wordsPerMinute,
        int pitch,
        String englishVoice,
        String spanishVoice) {
    /// At this pace a voice speaks as it does by itself.
    static final int USUAL_WORDS_PER_MINUTE = 165;

    public OfflineSettings {
        require(decoders >= 1 && decoders <= 64, "decoders must be 1 to 64, not " + decoders);
        require(recognizeTimeout.isPositive(), "recognize-timeout must be positive");
        require(answerTimeout.isPositive(), "answer-timeout must be positive");
        voices = List.copyOf(voices);
        require(isOrder(voices), "voices must name each voice once, not " + voices);
        require(
                wordsPerMinute >= 80 && wordsPerMinute <= 450,
                "words-per-minute must be 80 to 450, not " + wordsPerMinute);
        require(pitch >= 0 && pitch <= 99, "pitch must be 0 to 99, not " + pitch);
        require(isVoice(englishVoice), "not a voice of espeak-ng: " + englishVoice);
        require(isVoice(spanishVoice), "not a voice of espeak-ng: " + spanishVoice);
    }

    /// The defaults, as they stand in the file of all settings.
    public static OfflineSettings defaults() {
        return read(Section.root(ConfigTree.defaults()).section("engines").section("offline"))
                .get();
    }

    /// The same, with as much time as `limit` for each utterance, text and phrase.
    public OfflineSettings withTimeouts(Duration limit) {
        return new OfflineSettings(
                model,
                decoders,
                limit,
                modes,
                limit,
                voices,
                picoData,
                wordsPerMinute,
                pitch,
                englishVoice,
                spanishVoice);
    }

    /// The same, with other voices.
    public OfflineSettings withVoices(List<VoiceKind> others) {
        return new OfflineSettings(
                model,
                decoders,
                recognizeTimeout,
                modes,
                answerTimeout,
                others,
                picoData,
                wordsPerMinute,
                pitch,
                englishVoice,
                spanishVoice);
    }

    /// Reads them from their section, `engines.offline`.
    public static Setting<OfflineSettings> read(Section own) {
        Setting<Path> model = own.value("model", "a folder", Path::of);
        Setting<Integer> decoders = own.integer("decoders", 1, 64);
        Setting<Duration> recognize = limit(own, "recognize-timeout");
        Setting<Path> modes = own.value("modes", "a folder", Path::of);
        Setting<Duration> answer = limit(own, "answer-timeout");
        Setting<List<VoiceKind>> voices =
                own.check(
                        "voices",
                        own.list("voices", "pico, flite or espeak-ng", VoiceKind::of),
                        "voices in the order of preference, each once",
                        OfflineSettings::isOrder);
        Setting<Path> picoData = own.value("pico-data", "a folder", Path::of);
        Setting<Integer> wordsPerMinute = own.integer("words-per-minute", 80, 450);
        Setting<Integer> pitch = own.integer("pitch", 0, 99);
        Setting<String> english = voice(own, "english-voice");
        Setting<String> spanish = voice(own, "spanish-voice");
        return own.make(
                () ->
                        new OfflineSettings(
                                model.get(),
                                decoders.get(),
                                recognize.get(),
                                modes.get(),
                                answer.get(),
                                voices.get(),
                                picoData.get(),
                                wordsPerMinute.get(),
                                pitch.get(),
                                english.get(),
                                spanish.get()));
    }

    private static Setting<Duration> limit(Section own, String key) {
        return own.duration(key, Duration.ofMillis(1), Duration.ofMinutes(5));
    }

    private static Setting<String> voice(Section own, String key) {
        return own.check(key, own.text(key), "a voice of espeak-ng", OfflineSettings::isVoice);
    }

    private static boolean isOrder(List<VoiceKind> voices) {
        return !voices.isEmpty() && voices.size() == Set.copyOf(voices).size();
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
