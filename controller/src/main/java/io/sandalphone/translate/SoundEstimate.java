package io.sandalphone.translate;

import io.sandalphone.media.AudioFrame;

import org.jspecify.annotations.Nullable;

/// How long a translation takes to say before all of its sound is there, judged by its letters, and by the
/// speaker's words before it is translated; learned from the utterances that were spoken. Holds no clock.
final class SoundEstimate {
    /// Milliseconds of speech for each character until something was spoken: 15 characters a second.
    private static final double USUAL = 67;

    /// How much the latest utterance counts.
    private static final double WEIGHT = 0.25;

    /// Shorter ones say little: most of their sound may be the silence around them.
    private static final int LEAST_CHARACTERS = 10;

    private double perSaid = USUAL;
    private double perTranslated = USUAL;

    /// In milliseconds.
    int millis(String said, @Nullable String translated) {
        return (int)
                (translated == null
                        ? said.length() * perSaid
                        : translated.length() * perTranslated);
    }

    /// So many samples of sound were made of it, at 8 kHz.
    void learn(String said, String translated, int samples) {
        double millis = samples * 1000.0 / AudioFrame.TELEPHONE_RATE;
        if (said.length() >= LEAST_CHARACTERS && translated.length() >= LEAST_CHARACTERS) {
            perSaid += WEIGHT * (millis / said.length() - perSaid);
            perTranslated += WEIGHT * (millis / translated.length() - perTranslated);
        }
    }
}
