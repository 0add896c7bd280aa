package io.sandalphone.telephony;

/// A call that has just arrived at a carrier. The caller hears ringing, or nothing yet; `connection`
/// has no listener yet. `called` and `caller` are as the carrier wrote them; `caller` is empty when
/// it is withheld.
public record Arrival(String callId, String called, String caller, CallConnection connection) {}
