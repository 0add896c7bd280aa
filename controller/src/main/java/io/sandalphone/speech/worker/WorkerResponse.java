package io.sandalphone.speech.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.OptionalDouble;

/// What the recognition worker tells the gateway, over its standard output. Each utterance of a
/// speaker gets one [Final] or one [Dropped], in the order in which they were spoken.
public sealed interface WorkerResponse {
    /// The model is loaded. `engine` names what was loaded, for the log; a trial with two seconds of sound
    /// took `trialNanos`, or there was none.
    record Ready(String engine, long trialNanos) implements WorkerResponse {}

    /// It cannot work; it ends after this. `reason` is a sentence for the operator.
    record Broken(String reason) implements WorkerResponse {}

    /// What the first `samples` of the utterance sound like so far: words that are unlikely to change, and
    /// those after them.
    record Partial(int speaker, String stable, String tentative, int samples)
            implements WorkerResponse {}

    /// It is at work, though it has nothing to say: told at least for each utterance, and for each half second of sound where it is decoded in pieces.
    record Working() implements WorkerResponse {}

    /// What the utterance was, perhaps nothing, and how long the decoder was at work on it.
    /// `dismissed` is why words that were found do not count, in one word; empty where none were dismissed.
    /// `confidence` is how sure it is of the words, 0 to 1, where it says.
    record Final(
            int speaker,
            String text,
            int samples,
            long decodeNanos,
            String dismissed,
            OptionalDouble confidence,
            Before before)
            implements WorkerResponse {
        public Final(int speaker, String text, int samples, long decodeNanos) {
            this(
                    speaker,
                    text,
                    samples,
                    decodeNanos,
                    "",
                    OptionalDouble.empty(),
                    new Before(0, 0, false));
        }
    }

    /// What was known of an utterance before it ended: `stable` words had been given out, of which
    /// `contradicted` turned out wrong; `early` is whether all of it had been decoded.
    record Before(int stable, int contradicted, boolean early) {}

    /// An utterance that goes on was decoded, which took so much processor time; or it was begun and
    /// abandoned, for a finished one waits.
    record Attempted(long processorNanos, boolean abandoned) implements WorkerResponse {}

    /// The utterance was not recognised, for the `reason`: there is more to do than can be kept waiting.
    record Dropped(int speaker, String reason) implements WorkerResponse {}

    /// Stands for a confidence of which nothing is said.
    double UNKNOWN = -1;

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
            case Partial(int speaker, String stable, String tentative, int samples) -> {
                out.writeByte('p');
                out.writeInt(speaker);
                out.writeUTF(stable);
                out.writeUTF(tentative);
                out.writeInt(samples);
            }
            case Final words -> {
                out.writeByte('f');
                out.writeInt(words.speaker);
                out.writeUTF(words.text);
                out.writeInt(words.samples);
                out.writeLong(words.decodeNanos);
                out.writeUTF(words.dismissed);
                out.writeDouble(words.confidence.orElse(UNKNOWN));
                out.writeInt(words.before.stable);
                out.writeInt(words.before.contradicted);
                out.writeBoolean(words.before.early);
            }
            case Attempted(long processorNanos, boolean abandoned) -> {
                out.writeByte('a');
                out.writeLong(processorNanos);
                out.writeBoolean(abandoned);
            }
            case Working() -> out.writeByte('w');
            case Dropped(int speaker, String reason) -> {
                out.writeByte('d');
                out.writeInt(speaker);
                out.writeUTF(reason);
            }
        }
    }

    /// The next answer. Throws [java.io.EOFException] when the worker is gone.
    static WorkerResponse read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 'r' -> new Ready(in.readUTF(), in.readLong());
            case 'b' -> new Broken(in.readUTF());
            case 'p' -> new Partial(in.readInt(), in.readUTF(), in.readUTF(), in.readInt());
            case 'f' ->
                    new Final(
                            in.readInt(),
                            in.readUTF(),
                            in.readInt(),
                            in.readLong(),
                            in.readUTF(),
                            confidence(in.readDouble()),
                            new Before(in.readInt(), in.readInt(), in.readBoolean()));
            case 'a' -> new Attempted(in.readLong(), in.readBoolean());
            case 'w' -> new Working();
            case 'd' -> new Dropped(in.readInt(), in.readUTF());
            default -> throw new IOException("not an answer: " + kind);
        };
    }

    private static OptionalDouble confidence(double written) {
        return written == UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(written);
    }
}
