package io.sandalphone.telephony.client;

/// The connection to a client, as those see it who write to it. Thread-safe; writes nothing any more
/// once it is closed.
interface ClientWire {
    /// The address from which the client came, as far as is known.
    String address();

    void text(String message);

    void binary(byte[] pcm);

    /// Whether the client reads more slowly than it is written to.
    boolean isFull();

    /// Closes with a code of RFC 6455, section 7.4.
    void close(int code, String reason);
}
