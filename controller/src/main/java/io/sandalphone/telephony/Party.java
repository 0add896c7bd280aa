package io.sandalphone.telephony;

/// The two people of a call.
public enum Party {
    CALLER,
    DESTINATION;

    /// The one this one talks with.
    public Party other() {
        return this == CALLER ? DESTINATION : CALLER;
    }
}
