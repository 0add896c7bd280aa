package io.sandalphone.ops;

import java.util.Optional;
import java.util.function.Supplier;

/// One thing calls cannot do without. `unavailableReason` says as a sentence why it cannot work just now, or
/// nothing when it can; it is asked on the server's loop and answers from what is already known.
public record HealthCheck(String name, Supplier<Optional<String>> unavailableReason) {}
