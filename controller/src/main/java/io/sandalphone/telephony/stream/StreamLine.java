package io.sandalphone.telephony.stream;

/// The way to the carrier on which a leg's sound goes out, as its protocol has it. Called on the
/// call's loop.
public interface StreamLine {
    /// Sends mono PCM of 8 kHz. False when the connection takes no more just now, and it was not sent.
    boolean media(short[] pcm);

    /// Asks the carrier to say when it has played all that was sent before.
    void mark(String name);

    /// Has the carrier drop what it has not played.
    void clear();
}
