package io.sandalphone.ops;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// One thing calls rely on. `unavailableReason` says as a sentence why it cannot work just now, or
/// nothing when it can; any thread may ask, and it answers from what is already known.
public record HealthCheck(String name, Kind kind, Supplier<Optional<String>> unavailableReason) {
    /// What is lost while it does not work.
    public enum Kind {
        /// No call can be connected.
        CALLS,
        /// Some calls cannot: those of one carrier among several, or of one kind.
        SOME_CALLS,
        /// Calls are connected, and not interpreted.
        INTERPRETATION,
        /// Nothing that people would hear: something else steps in. An operator should know.
        NOTICE;

        /// As it is written in JSON: `some-calls`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
