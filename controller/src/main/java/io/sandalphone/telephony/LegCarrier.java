package io.sandalphone.telephony;

import java.util.Optional;

/// A carrier of single legs whose sound passes through us. Thread-safe, but for what its legs say of
/// themselves.
public interface LegCarrier {
    /// A short fixed name: `twilio`.
    String name();

    /// Why no leg can begin there just now, as a sentence for the operator, or empty when one can.
    Optional<String> unavailableReason();

    /// Rings a phone. Never twice, whatever the carrier answers. Called on the call's loop; the leg tells
    /// of itself once it is listened to.
    Leg dial(LegContext context, Dial dial);
}
