package io.sandalphone.telephony;

import java.util.Optional;

/// A carrier as the rest of the gateway sees it: where operators' calls begin. Calls that arrive are
/// handed up by the carrier itself. Thread-safe.
public interface Carrier {
    /// A short fixed name: `asterisk`.
    String name();

    /// Why no call can begin there just now, as a sentence for the operator, or empty when one can.
    Optional<String> unavailableReason();

    /// How many calls may be at the carrier at once, as far as it has said: [Integer#MAX_VALUE] when it
    /// has not.
    int maxConcurrentCalls();

    /// A connection with nobody in it yet. `callId` is unique for ever ([CallIds#next]).
    CallConnection connect(String callId);
}
