package io.sandalphone.translate;

import java.time.Duration;

/// How long one utterance may take, and how many may wait.
///
/// @param translationDeadline how long a translation may take before it is given up
/// @param synthesisDeadline how long the synthesizer may stay silent before it is given up
/// @param mostWaiting how many utterances may wait to be spoken; the next one is dropped
public record LaneSettings(
        Duration translationDeadline, Duration synthesisDeadline, int mostWaiting) {
    public LaneSettings {
        if (!translationDeadline.isPositive() || !synthesisDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "deadlines must be positive, not "
                            + translationDeadline
                            + " and "
                            + synthesisDeadline);
        }
        if (mostWaiting < 1) {
            throw new IllegalArgumentException(
                    "most-waiting " + mostWaiting + " lets nothing wait");
        }
    }
}
