package io.sandalphone.telephony;

import io.sandalphone.time.Loop;

/// Which call a leg belongs to. `loop` owns the call. `room` is the name, which nobody can guess, under
/// which a carrier joins the call's legs when we are gone; it says nothing of the people. `partnerElsewhere`
/// says that the other party is at another carrier, so that no room of this one brings the two together.
public record LegContext(
        String callId, Party party, Loop loop, String room, boolean partnerElsewhere) {
    /// Of a call whose parties are at one carrier, as far as is known.
    public LegContext(String callId, Party party, Loop loop, String room) {
        this(callId, party, loop, room, false);
    }

    /// The same, with the other party at the same carrier, or not.
    public LegContext withPartnerElsewhere(boolean elsewhere) {
        return new LegContext(callId, party, loop, room, elsewhere);
    }

    /// Printed without the room: who knows it could enter.
    @Override
    public String toString() {
        return "LegContext[%s, %s]".formatted(callId, party);
    }
}
