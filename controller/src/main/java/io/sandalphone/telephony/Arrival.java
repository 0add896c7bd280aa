package io.sandalphone.telephony;

/// A call that has just arrived at a carrier. The caller hears ringing, or nothing yet; `connection`
/// has no listener yet. `called` is as the carrier wrote it; `caller` has no number when it is withheld.
public record Arrival(String callId, String called, CallerId caller, CallConnection connection) {}
