package io.sandalphone.telephony.client;

/// Somebody at the door of a call: who they are, by which connection they come, and how it wants its
/// sound. `resume` is the word by which the same client is known again; it may be empty. The door answers
/// by `accepted`, `standsBy` or `refused`, on the loop of the call or of the switchboard.
record Entrance(
        Pass pass,
        String resume,
        Format format,
        ClientWords words,
        ClientWire wire,
        Answer answer) {
    /// Hears how it ended.
    interface Answer {
        /// Of a client that stands by: once for each call that it takes.
        void accepted(ClientLeg leg);

        /// The client stands by from now on, and has no leg yet.
        void standsBy(Standby standby);

        void refused(ClientFault fault);
    }

    /// Whether `other` is proven to be of the same client.
    boolean isSameClient(Entrance other) {
        return !resume.isEmpty() && resume.equals(other.resume);
    }

    @Override
    public String toString() {
        return "Entrance[" + pass + "]";
    }
}
