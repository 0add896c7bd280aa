package io.sandalphone.speech.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// What a voice worker tells the gateway, over its standard output.
public sealed interface VoiceResponse {
    /// The most samples in one piece; the gateway takes more for nonsense.
    int MOST_SAMPLES = 1 << 16;

    /// The voices are loaded. `engine` names what was loaded, for the log.
    record Ready(String engine) implements VoiceResponse {}

    /// It cannot work; it ends after this. `reason` is a sentence for the operator.
    record Broken(String reason) implements VoiceResponse {}

    /// The next piece of the phrase's sound: 8 kHz mono 16-bit PCM.
    // An array, because sound is megabytes of primitives; nobody compares answers by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Sound(int phrase, short[] pcm) implements VoiceResponse {}

    /// All of the phrase was spoken, or as much as was wanted.
    record Done(int phrase) implements VoiceResponse {}

    /// The voice cannot speak this phrase. `reason` says nothing of the text.
    record Failed(int phrase, String reason) implements VoiceResponse {}

    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Ready(String engine) -> {
                out.writeByte('r');
                out.writeUTF(engine);
            }
            case Broken(String reason) -> {
                out.writeByte('b');
                out.writeUTF(reason);
            }
            case Sound(int phrase, short[] pcm) -> {
                out.writeByte('s');
                out.writeInt(phrase);
                WorkerSound.write(out, pcm);
            }
            case Done(int phrase) -> {
                out.writeByte('d');
                out.writeInt(phrase);
            }
            case Failed(int phrase, String reason) -> {
                out.writeByte('f');
                out.writeInt(phrase);
                out.writeUTF(reason);
            }
        }
    }

    /// The next answer. Throws [java.io.EOFException] when the worker is gone.
    static VoiceResponse read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 'r' -> new Ready(in.readUTF());
            case 'b' -> new Broken(in.readUTF());
            case 's' -> new Sound(in.readInt(), WorkerSound.read(in, MOST_SAMPLES));
            case 'd' -> new Done(in.readInt());
            case 'f' -> new Failed(in.readInt(), in.readUTF());
            default -> throw new IOException("not an answer: " + kind);
        };
    }
}
