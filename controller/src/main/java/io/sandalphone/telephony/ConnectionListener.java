package io.sandalphone.telephony;

/// Hears what happens to a connection, on the call's loop.
@FunctionalInterface
public interface ConnectionListener {
    void on(ConnectionEvent event);
}
