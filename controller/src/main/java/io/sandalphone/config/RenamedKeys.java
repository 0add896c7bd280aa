package io.sandalphone.config;

import java.util.List;
import java.util.Optional;

/// The keys that were renamed. A file that uses an old name is refused, with the new name in the
/// message.
final class RenamedKeys {
    /// One renamed key: its section as a path, in which `*` stands for a name the operator chose, and
    /// both names.
    record Renamed(String section, String oldName, String newName) {
        private boolean matches(String path) {
            String pattern = section.replace(".", "\\.").replace("*", "(\"[^\"]*\"|[^.\"]+)");
            return path.matches(pattern + "\\." + oldName);
        }
    }

    /// Which moved to where it is decided.
    private static final String RECONNECT = "speech.resilience.transcription.reconnect-timeout";

    static final List<Renamed> ALL =
            List.of(
                    new Renamed("routes.*", "ring", "ring-timeout"),
                    new Renamed("routes.*", "max", "max-duration"),
                    new Renamed("route-defaults", "ring", "ring-timeout"),
                    new Renamed("route-defaults", "max", "max-duration"),
                    new Renamed("limits", "calls", "max-concurrent-calls"),
                    new Renamed("speech.resilience.breaker", "least", "min-calls"),
                    new Renamed("speech.resilience.breaker", "trials", "half-open-calls"),
                    new Renamed("speech.resilience.translation", "within", "timeout"),
                    new Renamed("speech.resilience.translation", "most-at-once", "max-concurrent"),
                    new Renamed("speech.resilience.translation.hedge", "least", "min-samples"),
                    new Renamed("speech.resilience.translation.hedge", "floor", "min-delay"),
                    new Renamed("speech.resilience.translation.hedge", "calm", "overload-backoff"),
                    new Renamed(
                            "speech.resilience.synthesis",
                            "first-audio-within",
                            "first-audio-timeout"),
                    new Renamed("speech.resilience.synthesis", "pause-within", "stall-timeout"),
                    new Renamed("speech.resilience.synthesis", "most-at-once", "max-concurrent"),
                    new Renamed("speech.resilience.transcription", "ready-within", "ready-timeout"),
                    new Renamed("speech.resilience.transcription", "proven-after", "healthy-after"),
                    new Renamed(
                            "speech.resilience.transcription", "return-after", "failback-after"),
                    new Renamed("speech.resilience.transcription", "remember", "replay-buffer"),
                    new Renamed(
                            "speech.resilience.transcription", "most-at-once", "max-concurrent"),
                    new Renamed("speech.resilience.direct", "ready-within", "ready-timeout"),
                    new Renamed("speech.resilience.direct", "answer-within", "answer-timeout"),
                    new Renamed("speech.resilience.direct", "pause-within", "stall-timeout"),
                    new Renamed("speech.resilience.direct", "proven-after", "healthy-after"),
                    new Renamed("speech.resilience.direct", "return-after", "failback-after"),
                    new Renamed("speech.resilience.direct", "remember", "replay-buffer"),
                    new Renamed("speech.resilience.direct", "most-at-once", "max-concurrent"),
                    new Renamed("engines.offline", "recognize-within", "recognize-timeout"),
                    new Renamed("engines.offline", "answer-within", "answer-timeout"),
                    new Renamed("engines.assemblyai", "reconnect-within", RECONNECT),
                    new Renamed("engines.assemblyai", "reconnect-timeout", RECONNECT),
                    new Renamed("engines.assemblyai", "answer-within", "answer-timeout"),
                    new Renamed("engines.polly", "first-audio-within", "first-audio-timeout"),
                    new Renamed("engines.polly", "next-audio-within", "next-audio-timeout"),
                    new Renamed("engines.polly", "queue-wait", "queue-timeout"),
                    new Renamed("engines.polly.cache", "longest-text", "max-characters"),
                    new Renamed("interpretation", "first-audio-within", "first-audio-timeout"),
                    new Renamed("interpretation", "pause-within", "stall-timeout"),
                    new Renamed("interpretation", "most-waiting", "max-lag"),
                    new Renamed("interpretation", "max-queued", "max-lag"),
                    new Renamed("costs", "zone", "time-zone"),
                    new Renamed("shutdown", "drain", "drain-timeout"));

    private RenamedKeys() {}

    /// The new name of the key at `path`, if it was renamed.
    static Optional<String> newName(String path) {
        return ALL.stream()
                .filter(renamed -> renamed.matches(path))
                .map(Renamed::newName)
                .findFirst();
    }
}
