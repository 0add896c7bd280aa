package io.sandalphone.telephony;

import io.sandalphone.time.Loop;

/// A carrier as the rest of the gateway sees it: where operators' calls begin. Calls that arrive are
/// handed up by the carrier itself.
public interface Carrier {
    /// A short fixed name: `asterisk`.
    String name();

    /// A connection with nobody in it yet, owned by `loop`. `callId` is unique for ever.
    CallConnection connect(String callId, Loop loop);
}
