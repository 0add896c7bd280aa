package io.sandalphone.telephony;

/// Hears what happens to a leg, on the call's loop.
@FunctionalInterface
public interface LegListener {
    void on(LegEvent event);
}
