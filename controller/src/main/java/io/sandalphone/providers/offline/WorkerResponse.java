package io.sandalphone.providers.offline;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What the recognition worker tells the gateway, over its standard output. Each utterance of a
/// speaker gets one [Final] or one [Dropped], in the order in which they were spoken.
sealed interface WorkerResponse {
    /// The model is loaded. `generation` names the library's interface.
    record Ready(String generation) implements WorkerResponse {}

    /// It cannot work; it ends after this. `reason` is a sentence for the operator.
    record Broken(String reason) implements WorkerResponse {}

    /// What the first `samples` of the utterance sound like so far.
    record Partial(int speaker, String text, int samples) implements WorkerResponse {}

    /// It is at work, though it has nothing to say: told for each half second of sound that is decoded.
    record Working() implements WorkerResponse {}

    /// What the utterance was, perhaps nothing, and how long the decoder was at work on it.
    record Final(int speaker, String text, int samples, long decodeNanos)
            implements WorkerResponse {}

    /// More was said than could be kept waiting: the utterance was not recognised.
    record Dropped(int speaker) implements WorkerResponse {}

    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Ready(String generation) -> {
                out.writeByte('r');
                out.writeUTF(generation);
            }
            case Broken(String reason) -> {
                out.writeByte('b');
                out.writeUTF(reason);
            }
            case Partial(int speaker, String text, int samples) -> {
                out.writeByte('p');
                out.writeInt(speaker);
                out.writeUTF(text);
                out.writeInt(samples);
            }
            case Final(int speaker, String text, int samples, long decodeNanos) -> {
                out.writeByte('f');
                out.writeInt(speaker);
                out.writeUTF(text);
                out.writeInt(samples);
                out.writeLong(decodeNanos);
            }
            case Working() -> out.writeByte('w');
            case Dropped(int speaker) -> {
                out.writeByte('d');
                out.writeInt(speaker);
            }
        }
    }

    /// The next answer. Throws [java.io.EOFException] when the worker is gone.
    static WorkerResponse read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 'r' -> new Ready(in.readUTF());
            case 'b' -> new Broken(in.readUTF());
            case 'p' -> new Partial(in.readInt(), in.readUTF(), in.readInt());
            case 'f' -> new Final(in.readInt(), in.readUTF(), in.readInt(), in.readLong());
            case 'w' -> new Working();
            case 'd' -> new Dropped(in.readInt());
            default -> throw new IOException("not an answer: " + kind);
        };
    }
}
