package io.sandalphone.harness.calls;

import io.sandalphone.harness.controller.ControllerSettings;

import java.util.Map;

/// The three vendors' clients with little patience, so that a fault is known for what it is, and over,
/// within seconds. Proportions are those of production: a client gives up before the one who asked it.
final class ShortTimeouts {
    /// How many of a provider's calls must fail, of the last three, and how long it is left alone.
    static final String RESILIENCE =
            """
            {breaker: {failure-percent: 60, window: 3, min-calls: 2, open-for: 800ms, half-open-calls: 1}, \
            translation: {timeout: 1300ms}, \
            synthesis: {first-audio-timeout: 1300ms, stall-timeout: 900ms}, \
            transcription: {ready-timeout: 1500ms, healthy-after: 200ms, failback-after: 1s, \
            reconnect-timeout: 800ms}}\
            """;

    private ShortTimeouts() {}

    /// `settings` are what a controller must be told to reach the vendors.
    static ControllerSettings with(Map<String, Map<String, String>> settings) {
        return ControllerSettings.cloud(settings)
                .hearingTones()
                .resilience(RESILIENCE)
                .engine("assemblyai", "connect-timeout", "800ms")
                .engine("assemblyai", "answer-timeout", "900ms")
                .engine("assemblyai", "min-turn-silence", "200ms")
                .engine("google", "attempt-timeout", "700ms")
                .engine("google", "timeout", "1s")
                .engine("polly", "first-audio-timeout", "900ms")
                .engine("polly", "next-audio-timeout", "600ms")
                // What is known by heart is spoken whatever fails at Polly.
                .engine("polly", "cache", "{mebibytes: 0}");
    }
}
