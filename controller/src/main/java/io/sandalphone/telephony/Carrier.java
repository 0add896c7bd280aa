package io.sandalphone.telephony;

import java.util.Optional;

/// A carrier as the rest of the gateway sees it: where operators' calls begin. Calls that arrive are
/// handed up by the carrier itself. Thread-safe.
public interface Carrier {
    /// A short fixed name, as routes give it after `via`: `voipms`, `twilio`.
    String name();

    /// Why no call can begin there just now, as a sentence for the operator, or empty when one can.
    Optional<String> unavailableReason();

    /// How many calls may be at the carrier at once, as far as it has said: [Integer#MAX_VALUE] when it
    /// has not.
    int maxConcurrentCalls();

    /// A connection with nobody in it yet; its caller is to be rung over this carrier. `callId` is unique
    /// for ever ([CallIds#next]). `via` is the carrier over which the destination will be rung; empty:
    /// this one.
    CallConnection connect(String callId, Optional<String> via);
}
