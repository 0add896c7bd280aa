package io.sandalphone.call;

import io.sandalphone.routing.CallTerms;
import io.sandalphone.telephony.CallConnection;

/// A call of two people who are both there already and whom nobody rings: each came by a link of their
/// own. `connection` has no listener yet, and both of its parties have answered. `callId` is unique
/// among the calls that live.
public record Meeting(String callId, CallConnection connection, CallTerms terms) {}
