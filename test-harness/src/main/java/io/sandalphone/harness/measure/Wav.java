package io.sandalphone.harness.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Telephone sound in a file: mono, 16-bit PCM, 8 kHz (RIFF WAVE).
public final class Wav {
    private static final int RATE = 8000;
    private static final int HEADER = 44;

    private Wav() {}

    public static short[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 12
                || !"RIFF".equals(word(bytes, 0))
                || !"WAVE".equals(word(bytes, 8))) {
            throw new IOException(file + ": not a WAVE file");
        }
        int at = 12;
        while (at + 8 <= bytes.limit()) {
            int size = Math.min(bytes.getInt(at + 4), bytes.limit() - at - 8);
            if ("fmt ".equals(word(bytes, at))) {
                if (bytes.getShort(at + 10) != 1
                        || bytes.getInt(at + 12) != RATE
                        || bytes.getShort(at + 22) != 16) {
                    throw new IOException(file + ": expected mono, 8000 Hz, 16 bit");
                }
            } else if ("data".equals(word(bytes, at))) {
                // A recorder that was killed leaves the size of an empty file behind.
                int length = size <= 0 ? bytes.limit() - at - 8 : size;
                short[] pcm = new short[length / 2];
                bytes.position(at + 8);
                bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
                return pcm;
            }
            at += 8 + size + (size & 1);
        }
        throw new IOException(file + ": holds no sound");
    }

    public static void write(Path file, short[] pcm) throws IOException {
        Files.write(file, bytes(pcm));
    }

    /// The whole file.
    public static byte[] bytes(short[] pcm) {
        ByteBuffer bytes =
                ByteBuffer.allocate(HEADER + 2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + 2 * pcm.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
        bytes.putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * pcm.length);
        bytes.asShortBuffer().put(pcm);
        return bytes.array();
    }

    private static String word(ByteBuffer bytes, int at) {
        byte[] word = new byte[4];
        bytes.get(at, word);
        return new String(word, StandardCharsets.US_ASCII);
    }
}
