package io.sandalphone.speech.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/// What the gateway tells a recognition worker, over the worker's standard input.
public sealed interface WorkerRequest extends WorkerOrder {
    int speaker();

    /// The speaker begins an utterance, probably in `language`, given as its ISO 639 code.
    record Begin(int speaker, String language) implements WorkerRequest {}

    /// More of what the speaker says: mono 16-bit PCM at 8 kHz.
    // An array, because sound is megabytes of primitives; nobody compares orders by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Hear(int speaker, short[] pcm) implements WorkerRequest {}

    /// The speaker pauses: their utterance may be complete, whose speech ended after `speech` samples. Whoever goes on
    /// does so within [#LONGEST_PAUSE], or the utterance is ended.
    record Pause(int speaker, int speech) implements WorkerRequest {}

    /// The speaker's utterance is complete: answer it. Its speech ended after `speech` samples; what
    /// follows is the pause by which that was noticed.
    record End(int speaker, int speech) implements WorkerRequest {}

    /// Forget the speaker, and answer nothing that is still to be answered.
    record Forget(int speaker) implements WorkerRequest {}

    /// More samples than any frame holds: what claims more is no order of ours.
    int MOST_SAMPLES = 8000;

    /// However long somebody pauses within an utterance, in samples: 0.6 s.
    int LONGEST_PAUSE = 4800;

    @Override
    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Begin(int speaker, String language) -> {
                out.writeByte('b');
                out.writeInt(speaker);
                out.writeUTF(language);
            }
            case Hear(int speaker, short[] pcm) -> {
                out.writeByte('h');
                out.writeInt(speaker);
                WorkerSound.write(out, pcm);
            }
            case Pause(int speaker, int speech) -> {
                out.writeByte('p');
                out.writeInt(speaker);
                out.writeInt(speech);
            }
            case End(int speaker, int speech) -> {
                out.writeByte('e');
                out.writeInt(speaker);
                out.writeInt(speech);
            }
            case Forget(int speaker) -> {
                out.writeByte('f');
                out.writeInt(speaker);
            }
        }
    }

    /// The next order. Throws [EOFException] when the gateway is gone.
    static WorkerRequest read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        int speaker = in.readInt();
        return switch (kind) {
            case 'b' -> new Begin(speaker, in.readUTF());
            case 'h' -> new Hear(speaker, WorkerSound.read(in, MOST_SAMPLES));
            case 'p' -> new Pause(speaker, in.readInt());
            case 'e' -> new End(speaker, in.readInt());
            case 'f' -> new Forget(speaker);
            default -> throw new IOException("not an order: " + kind);
        };
    }
}
