package io.sandalphone.telephony;

/// Makes the connection of a call whose two people are both there already, each on a leg whose sound is still to come.
@FunctionalInterface
public interface LegRejoiner {
    /// The connection of the call that `context` names, that of either leg. Called on the call's loop, before anybody listens to
    /// the legs.
    CallConnection rejoin(LegContext context, Leg caller, Leg destination);
}
