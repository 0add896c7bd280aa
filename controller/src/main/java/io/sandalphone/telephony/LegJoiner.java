package io.sandalphone.telephony;

/// Makes the connection of a call whose caller has arrived on a leg of their own. How the two legs
/// are joined is for the connection to know: a carrier of legs only hands its arrivals up in one.
@FunctionalInterface
public interface LegJoiner {
    /// The connection of the call that `caller` names, in which `arrived` is the caller. Called on the
    /// call's loop, before anybody listens to the leg.
    CallConnection join(LegContext caller, Leg arrived);
}
