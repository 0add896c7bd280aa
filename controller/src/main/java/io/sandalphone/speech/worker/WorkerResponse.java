package io.sandalphone.speech.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What the recognition worker tells the gateway, over its standard output. Each utterance of a
/// speaker gets one [Final] or one [Dropped], in the order in which they were spoken.
public sealed interface WorkerResponse {
    /// The model is loaded. `engine` names what was loaded, for the log; a trial with two seconds of sound
    /// took `trialNanos`, or there was none.
    record Ready(String engine, long trialNanos) implements WorkerResponse {}

    /// It cannot work; it ends after this. `reason` is a sentence for the operator.
    record Broken(String reason) implements WorkerResponse {}

    /// What the first `samples` of the utterance sound like so far.
    record Partial(int speaker, String text, int samples) implements WorkerResponse {}

    /// It is at work, though it has nothing to say: told at least for each utterance, and for each half second of sound where it is decoded in pieces.
    record Working() implements WorkerResponse {}

    /// What the utterance was, perhaps nothing, and how long the decoder was at work on it.
    /// `dismissed` is why words that were found do not count, in one word; empty where none were dismissed.
    record Final(int speaker, String text, int samples, long decodeNanos, String dismissed)
            implements WorkerResponse {
        public Final(int speaker, String text, int samples, long decodeNanos) {
            this(speaker, text, samples, decodeNanos, "");
        }
    }

    /// More was said than could be kept waiting: the utterance was not recognised.
    record Dropped(int speaker) implements WorkerResponse {}

    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Ready(String engine, long trialNanos) -> {
                out.writeByte('r');
                out.writeUTF(engine);
                out.writeLong(trialNanos);
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
            case Final(
                            int speaker,
                            String text,
                            int samples,
                            long decodeNanos,
                            String dismissed) -> {
                out.writeByte('f');
                out.writeInt(speaker);
                out.writeUTF(text);
                out.writeInt(samples);
                out.writeLong(decodeNanos);
                out.writeUTF(dismissed);
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
            case 'r' -> new Ready(in.readUTF(), in.readLong());
            case 'b' -> new Broken(in.readUTF());
            case 'p' -> new Partial(in.readInt(), in.readUTF(), in.readInt());
            case 'f' ->
                    new Final(
                            in.readInt(), in.readUTF(), in.readInt(), in.readLong(), in.readUTF());
            case 'w' -> new Working();
            case 'd' -> new Dropped(in.readInt());
            default -> throw new IOException("not an answer: " + kind);
        };
    }
}
