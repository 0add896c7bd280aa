package io.sandalphone.providers.offline;

import java.nio.file.Path;
import java.time.Duration;

/// Settings for tests: the defaults, but for one thing.
final class Settings {
    private Settings() {}

    static OfflineSettings answeringWithin(Duration limit) {
        return with(
                OfflineSettings.defaults().model(),
                2,
                OfflineSettings.defaults().recognizeTimeout(),
                limit);
    }

    static OfflineSettings recognizingWithin(Duration limit) {
        return with(
                OfflineSettings.defaults().model(),
                2,
                limit,
                OfflineSettings.defaults().answerTimeout());
    }

    static OfflineSettings model(Path model) {
        return with(
                model,
                2,
                OfflineSettings.defaults().recognizeTimeout(),
                OfflineSettings.defaults().answerTimeout());
    }

    static OfflineSettings decoders(int decoders) {
        return with(
                OfflineSettings.defaults().model(),
                decoders,
                OfflineSettings.defaults().recognizeTimeout(),
                OfflineSettings.defaults().answerTimeout());
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
                defaults.wordsPerMinute(),
                defaults.pitch(),
                defaults.englishVoice(),
                defaults.spanishVoice());
    }
}
