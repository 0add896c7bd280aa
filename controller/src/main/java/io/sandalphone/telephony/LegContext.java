package io.sandalphone.telephony;

import io.sandalphone.time.Loop;

/// Which call a leg belongs to. `loop` owns the call. `room` is the name, which nobody can guess, under
/// which a carrier joins the call's legs when we are gone; it says nothing of the people.
public record LegContext(String callId, Party party, Loop loop, String room) {
    /// Printed without the room: who knows it could enter.
    @Override
    public String toString() {
        return "LegContext[%s, %s]".formatted(callId, party);
    }
}
