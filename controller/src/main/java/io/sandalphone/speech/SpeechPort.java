package io.sandalphone.speech;

import java.util.Optional;

/// What all three speech ports have in common.
public interface SpeechPort extends AutoCloseable {
    /// A short fixed name for logs, metrics and the live view: `offline`, `tone`.
    String name();

    /// Why it cannot work just now, as a sentence for the operator, or empty when it can.
    /// Cheap: answers from what is already known. Thread-safe.
    default Optional<String> ailment() {
        return Optional.empty();
    }

    /// Ends every process and connection behind the port.
    @Override
    default void close() {}
}
