package io.sandalphone.telephony.client;

/// Somebody at the door of a call: who they are, by which connection they come, and how it wants its
/// sound. `resume` is the word by which the same client is known again; it may be empty. The door answers
/// by `accepted` or `refused`, on the call's loop.
record Entrance(
        Pass pass,
        String resume,
        Format format,
        ClientWords words,
        ClientWire wire,
        Answer answer) {
    /// Hears how it ended, on the call's loop.
    interface Answer {
        void accepted(ClientLeg leg);

        void refused(ClientFault fault);
    }

    @Override
    public String toString() {
        return "Entrance[" + pass + "]";
    }
}
