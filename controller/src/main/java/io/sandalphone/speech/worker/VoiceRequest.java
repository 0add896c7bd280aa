package io.sandalphone.speech.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What the gateway asks of a voice worker, over the worker's standard input.
public sealed interface VoiceRequest extends WorkerOrder {
    /// The most bytes of text in one phrase; the worker takes more for nonsense.
    int MOST_BYTES = 1 << 16;

    /// Speak `text` as `language`, a base language such as `es`, is spoken. Answered with sound and then one
    /// [VoiceResponse.Done] or [VoiceResponse.Failed], also when it was cancelled.
    record Speak(int phrase, String language, String text) implements VoiceRequest {}

    /// Nobody wants to hear more of the phrase.
    record Cancel(int phrase) implements VoiceRequest {}

    @Override
    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Speak(int phrase, String language, String text) -> {
                out.writeByte('s');
                out.writeInt(phrase);
                out.writeUTF(language);
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            case Cancel(int phrase) -> {
                out.writeByte('c');
                out.writeInt(phrase);
            }
        }
    }

    /// The next request. Throws [java.io.EOFException] when the gateway is gone.
    static VoiceRequest read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        int phrase = in.readInt();
        return switch (kind) {
            case 's' -> new Speak(phrase, in.readUTF(), readText(in));
            case 'c' -> new Cancel(phrase);
            default -> throw new IOException("not a request: " + kind);
        };
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("not a phrase: " + length + " bytes");
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
