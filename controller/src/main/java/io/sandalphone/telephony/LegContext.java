package io.sandalphone.telephony;

import io.sandalphone.time.Loop;

import java.util.Optional;

/// Which call a leg belongs to. `loop` owns the call. `room` is the name, which nobody can guess, under
/// which a carrier joins the call's legs when we are gone; it says nothing of the people. `elsewhere` is the
/// carrier at which the other party is, where that is another one, so that no room of this one brings the two
/// together.
public record LegContext(
        String callId, Party party, Loop loop, String room, Optional<String> elsewhere) {
    /// Of a call whose parties are at one carrier, as far as is known.
    public LegContext(String callId, Party party, Loop loop, String room) {
        this(callId, party, loop, room, Optional.empty());
    }

    /// The same, with the other party at the carrier `partner`, or at the same one when that is empty.
    public LegContext withPartnerAt(Optional<String> partner) {
        return new LegContext(callId, party, loop, room, partner);
    }

    /// Printed without the room: who knows it could enter.
    @Override
    public String toString() {
        return "LegContext[%s, %s]".formatted(callId, party);
    }
}
