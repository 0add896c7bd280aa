package io.sandalphone.speech;

import io.sandalphone.config.Finding;

import java.util.List;
import java.util.Optional;

/// What all four speech ports have in common.
public interface SpeechPort extends AutoCloseable {
    /// A short fixed name for logs, metrics and the live view: `offline`, `tone`.
    String name();

    /// Why it cannot work just now, as a sentence for the operator, or empty when it can.
    /// Cheap: answers from what is already known. Thread-safe.
    default Optional<String> unavailableReason() {
        return Optional.empty();
    }

    /// Whether it may be asked for what may be thrown away: not while an engine that failed waits for the request that
    /// shows whether it works again. Cheap and thread-safe, as [#unavailableReason] is.
    default boolean takesSpeculation() {
        return true;
    }

    /// Somebody is about to ask. What the first of several requests would wait for, such as a connection or a token, is begun now.
    /// Returns at once, and costs nothing that is billed; what fails shows with the request. Thread-safe.
    default void prepare() {}

    /// Asks the engine, or the vendor's service, whether it would work with its settings: reachable,
    /// authorised, what they name is there. Costs nothing that is billed. Blocks, for seconds when
    /// the service is slow; for start-up and the operator's doctor.
    default List<Finding> check() throws InterruptedException {
        return unavailableReason()
                .map(unavailableReason -> List.of(Finding.fault("", unavailableReason)))
                .orElseGet(() -> List.of(Finding.ok("ready")));
    }

    /// Ends every process and connection behind the port.
    @Override
    default void close() {}
}
