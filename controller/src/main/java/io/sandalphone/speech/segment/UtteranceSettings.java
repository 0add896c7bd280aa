package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Transcription;

import java.time.Duration;

/// When sound becomes an utterance and when it stops being one. Durations are whole frames (20 ms).
///
/// @param onset how much speech within `onsetWindow` begins an utterance; anything shorter is a click
/// @param onsetWindow how far apart the frames of `onset` may lie
/// @param preRoll how much of what was heard before is handed over with the beginning, `onsetWindow`
///     included, so that soft first sounds are not lost
/// @param hangover how much silence ends an utterance
/// @param breath how much silence ends an utterance that has become longer than `comfortable`
/// @param comfortable from which length on an utterance is ended at the next `breath`
/// @param longest at which length an utterance ends in any case; what follows belongs to the next one
public record UtteranceSettings(
        Duration onset,
        Duration onsetWindow,
        Duration preRoll,
        Duration hangover,
        Duration breath,
        Duration comfortable,
        Duration longest) {
    /// What suits conversation on the telephone.
    public static final UtteranceSettings TELEPHONE =
            new UtteranceSettings(
                    Duration.ofMillis(120),
                    Duration.ofMillis(160),
                    Duration.ofMillis(400),
                    Duration.ofMillis(560),
                    Duration.ofMillis(160),
                    Duration.ofSeconds(9),
                    Duration.ofSeconds(12));

    public UtteranceSettings {
        wholeFrames("onset", onset);
        wholeFrames("onset-window", onsetWindow);
        wholeFrames("pre-roll", preRoll);
        wholeFrames("hangover", hangover);
        wholeFrames("breath", breath);
        wholeFrames("comfortable", comfortable);
        wholeFrames("longest", longest);
        inOrder("onset", onset, "onset-window", onsetWindow);
        inOrder("onset-window", onsetWindow, "pre-roll", preRoll);
        inOrder("breath", breath, "hangover", hangover);
        inOrder("pre-roll", preRoll, "comfortable", comfortable);
        inOrder("comfortable", comfortable, "longest", longest);
        if (frames(preRoll) > Transcription.PRE_ROLL_FRAMES) {
            throw new IllegalArgumentException("pre-roll " + preRoll + " exceeds 640 ms");
        }
    }

    static int frames(Duration duration) {
        return Math.toIntExact(duration.toMillis() / AudioFrame.MILLIS);
    }

    private static void wholeFrames(String key, Duration value) {
        if (!value.isPositive() || value.toNanos() % (AudioFrame.MILLIS * 1_000_000L) != 0) {
            throw new IllegalArgumentException(key + " " + value + " is not a multiple of 20 ms");
        }
    }

    private static void inOrder(String key, Duration value, String bound, Duration most) {
        if (value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + " " + value + " exceeds " + bound + " " + most);
        }
    }
}
