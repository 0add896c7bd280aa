package io.sandalphone.providers.offline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Settings for tests: the defaults, but for one thing, and for the time that engines have: a busy machine may
/// be slow.
final class Settings {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Settings() {}

    static OfflineSettings patient() {
        return OfflineSettings.defaults().withTimeouts(PATIENCE);
    }

    static OfflineSettings answeringWithin(Duration limit) {
        return with(OfflineSettings.defaults().model(), 2, PATIENCE, limit);
    }

    static OfflineSettings recognizingWithin(Duration limit) {
        return with(OfflineSettings.defaults().model(), 2, limit, PATIENCE);
    }

    static OfflineSettings model(Path model) {
        return with(model, 2, PATIENCE, PATIENCE);
    }

    static OfflineSettings decoders(int decoders) {
        return with(OfflineSettings.defaults().model(), decoders, PATIENCE, PATIENCE);
    }

    /// `voice` alone, at another pace.
    static OfflineSettings pace(VoiceKind voice, int wordsPerMinute) {
        return voices(List.of(voice), OfflineSettings.defaults().picoData(), wordsPerMinute);
    }

    /// Pico's languages in the folder `data`.
    static OfflineSettings pico(Path data, List<VoiceKind> voices) {
        return voices(voices, data, OfflineSettings.defaults().wordsPerMinute());
    }

    private static OfflineSettings voices(
            List<VoiceKind> voices, Path picoData, int wordsPerMinute) {
        var defaults = patient();
        return new OfflineSettings(
                defaults.model(),
                defaults.decoders(),
                defaults.recognizeTimeout(),
                defaults.modes(),
                defaults.answerTimeout(),
                voices,
                picoData,
                wordsPerMinute,
                defaults.pitch(),
                defaults.englishVoice(),
                defaults.spanishVoice());
    }

    private static OfflineSettings with(
            Path model, int decoders, Duration recognizeTimeout, Duration answerTimeout) {
        var defaults = OfflineSettings.defaults();
        return new OfflineSettings(
                model,
                decoders,
                recognizeTimeout,
                defaults.modes(),
                answerTimeout,
                defaults.voices(),
                defaults.picoData(),
                defaults.wordsPerMinute(),
                defaults.pitch(),
                defaults.englishVoice(),
                defaults.spanishVoice());
    }
}
