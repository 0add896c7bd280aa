package io.sandalphone.speech.resilience;

import java.time.Duration;

/// How long an engine that listens to a speaker may take.
///
/// @param ready until it listens
/// @param answer from the end of an utterance until its answer begins
/// @param stall from one part of an answer to the next
record Deadlines(Duration ready, Duration answer, Duration stall) {
    /// Longer than any call.
    private static final Duration ENDLESS = Duration.ofDays(365);

    /// Waits for readiness alone.
    static Deadlines untilReady(Duration ready) {
        return new Deadlines(ready, ENDLESS, ENDLESS);
    }

    /// For one that has deadlines of its own with those behind it.
    static Deadlines endless() {
        return untilReady(ENDLESS);
    }
}
