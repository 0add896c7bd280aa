package io.sandalphone.telephony.client;

import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.Leg;
import io.sandalphone.time.Loop;

/// Joins two legs that are both there into one call's connection.
@FunctionalInterface
public interface Joiner {
    /// Called on the loop of the call, which is both legs'.
    CallConnection join(String callId, Loop loop, Leg caller, Leg destination);
}
