package io.sandalphone.telephony.stream;

/// The socket of one stream, as its protocol writes to it. Thread-safe.
public interface StreamSocket {
    /// Sends a message; what is sent once the socket is closed goes nowhere.
    void write(String text);

    /// Whether the connection has more to send than 1 s of sound, so that more would only be late.
    boolean isCongested();

    /// Closes it as something that is over (1000).
    void close();
}
