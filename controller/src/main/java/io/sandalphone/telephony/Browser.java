package io.sandalphone.telephony;

/// Browsers and other clients that stand by for calls to `called`: digits of one of our numbers, with
/// those of its country where they can be told, as routes have them.
///
/// Printed, it is masked.
public record Browser(String called) implements Destination {
    /// The [LegCarrier#name] of whoever rings them.
    public static final String CARRIER = "client";

    @Override
    public String toString() {
        return "Browser[" + E164.mask(called) + "]";
    }
}
