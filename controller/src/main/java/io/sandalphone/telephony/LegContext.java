package io.sandalphone.telephony;

import io.sandalphone.time.Loop;

import java.util.Optional;

/// Which call a leg belongs to. `loop` owns the call. `room` is the name, which nobody can guess, under
/// which a carrier joins the call's legs when we are gone; it says nothing of the people. `elsewhere` is the
/// carrier at which the other party is, where that is another one, so that no room of this one brings the two
/// together. `attempt` counts the legs that the call has had of this party, from 1 on: a carrier that names a leg by
/// call and party has to name each differently.
public record LegContext(
        String callId,
        Party party,
        Loop loop,
        String room,
        Optional<String> elsewhere,
        int attempt) {
    /// Of a call whose parties are at one carrier, as far as is known; the first leg of the party.
    public LegContext(String callId, Party party, Loop loop, String room) {
        this(callId, party, loop, room, Optional.empty(), 1);
    }

    /// The same for the leg of this number.
    public LegContext attempt(int number) {
        return new LegContext(callId, party, loop, room, elsewhere, number);
    }

    /// The same, with the other party at the carrier `partner`, or at the same one when that is empty.
    public LegContext withPartnerAt(Optional<String> partner) {
        return new LegContext(callId, party, loop, room, partner, attempt);
    }

    /// Printed without the room: who knows it could enter.
    @Override
    public String toString() {
        return "LegContext[%s, %s]".formatted(callId, party);
    }
}
