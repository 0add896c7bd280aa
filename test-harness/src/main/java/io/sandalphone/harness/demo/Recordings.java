package io.sandalphone.harness.demo;

import io.sandalphone.telephony.Party;

/// What both phones of a call recorded, at 8 kHz.
public record Recordings(Phone caller, Phone destination) {
    /// What one phone said and what it heard, on one clock: both begin with the same sample.
    // Arrays, because sound is megabytes of primitives; nobody compares recordings by value.
    @SuppressWarnings("ArrayRecordComponent")
    public record Phone(short[] said, short[] heard) {}

    public Phone of(Party party) {
        return switch (party) {
            case CALLER -> caller;
            case DESTINATION -> destination;
        };
    }
}
