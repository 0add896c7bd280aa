package io.sandalphone.ops;

import java.util.Optional;
import java.util.function.Supplier;

/// One thing calls rely on. `unavailableReason` says as a sentence why it cannot work just now, or
/// nothing when it can; it is asked on the server's loop and answers from what is already known.
///
/// @param vital whether calls cannot do without it; for the others something else steps in
public record HealthCheck(
        String name, boolean vital, Supplier<Optional<String>> unavailableReason) {
    /// Of something that calls cannot do without.
    public static HealthCheck vital(String name, Supplier<Optional<String>> unavailableReason) {
        return new HealthCheck(name, true, unavailableReason);
    }
}
