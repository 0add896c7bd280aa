package io.sandalphone.telephony;

/// Where carriers hand up the calls that arrive.
@FunctionalInterface
public interface Arrivals {
    /// Called on the loop of the arrival. Takes the call over, in whatever way it ends.
    void arrived(Arrival arrival);
}
