package io.sandalphone.telephony;

import java.util.Map;
import java.util.function.Supplier;

/// A call that a carrier holds, and that does not live in this program: a gateway before this one had it.
///
/// `legs` are those that are there; `answered` says whether the destination has answered, so that the two
/// talk. `connection` makes the connection of one that goes on here, once, with both people in it and
/// untouched by that; nothing is to be asked of it but on its loop.
public record FoundCall(
        String callId,
        Map<Party, LegPlace> legs,
        boolean answered,
        Supplier<CallConnection> connection) {
    public FoundCall {
        legs = Map.copyOf(legs);
    }

    /// Whether both people are there.
    public boolean isWhole() {
        return legs.size() == Party.values().length;
    }
}
