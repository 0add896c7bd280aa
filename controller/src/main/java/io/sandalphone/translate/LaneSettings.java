package io.sandalphone.translate;

import java.time.Duration;

/// How long one utterance may take, and how many may wait.
///
/// @param firstAudioWithin how long after it was committed the first sound of its translation is
///     waited for; what comes later is not spoken
/// @param pauseWithin how long the synthesizer may be silent in the middle of it
/// @param mostWaiting how many utterances may wait to be spoken; the next one is dropped
public record LaneSettings(Duration firstAudioWithin, Duration pauseWithin, int mostWaiting) {
    public LaneSettings {
        if (!firstAudioWithin.isPositive() || !pauseWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "limits must be positive, not " + firstAudioWithin + " and " + pauseWithin);
        }
        if (mostWaiting < 1) {
            throw new IllegalArgumentException(
                    "most-waiting " + mostWaiting + " lets nothing wait");
        }
    }
}
