package io.sandalphone.telephony;

import java.util.Optional;

/// Makes the connection of a call that has arrived, which has no listener yet.
@FunctionalInterface
public interface Connector {
    /// Called once, on the call's loop. `via` is the carrier ([Carrier#name]) over which the destination
    /// will be rung; empty: the one at which the call arrived.
    CallConnection connect(Optional<String> via);
}
