package io.sandalphone.speech.resilience;

import java.time.Duration;
import java.util.Optional;

/// How long one of those that listen may keep others waiting.
///
/// @param ready until it listens
/// @param words while somebody speaks, from some words to the next
/// @param answer from the end of an utterance until its answer begins
/// @param pause from one part of an answer to the next
/// @param hearsAgain whether what it does not answer in time is heard again by another session of it,
///     and after that given up: there may have been no words in it
record Deadlines(
        Duration ready, Duration words, Duration answer, Duration pause, boolean hearsAgain) {
    /// Longer than any call.
    private static final Duration ENDLESS = Duration.ofDays(365);

    /// For a recognizer, which may take `answer` for words; without it, it answers whatever happens.
    static Deadlines ofRecognizer(Duration ready, Optional<Duration> answer) {
        Duration words = answer.orElse(ENDLESS);
        return new Deadlines(ready, words, words, ENDLESS, true);
    }

    /// For a direct interpreter.
    static Deadlines ofInterpreter(Duration ready, Duration answer, Duration pause) {
        return new Deadlines(ready, ENDLESS, answer, pause, false);
    }
}
