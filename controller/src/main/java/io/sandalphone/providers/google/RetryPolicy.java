package io.sandalphone.providers.google;

import io.sandalphone.speech.SpeechException;

import java.time.Duration;
import java.util.Optional;

/// Whether a request that failed is sent again, and after how long.
///
/// @param most how often one request is sent again at most
/// @param shortest the shortest pause before that
/// @param longest the longest
record RetryPolicy(int most, Duration shortest, Duration longest) {
    /// The pause before the next try; empty when there is none.
    ///
    /// @param repeats how often it was sent again already
    /// @param left what is left of the time the translation may take
    /// @param random from 0 to 1, so that not all who failed together come back together
    Optional<Duration> pause(
            SpeechException.Kind failure, int repeats, Duration left, double random) {
        Duration pause = shortest.plusNanos((long) (longest.minus(shortest).toNanos() * random));
        return failure.worthRetrying() && repeats < most && pause.compareTo(left) < 0
                ? Optional.of(pause)
                : Optional.empty();
    }
}
