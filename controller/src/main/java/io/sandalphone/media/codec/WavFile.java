package io.sandalphone.media.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes mono sound as a WAV file (RIFF), 16 bit.
public final class WavFile {
    private static final int HEADER = 44;
    private static final int FORMAT_BYTES = 16;
    private static final short PCM = 1;

    private WavFile() {}

    /// A file of `pcm`, which has `rate` samples a second.
    public static byte[] of(short[] pcm, int rate) {
        int bytes = pcm.length * Short.BYTES;
        ByteBuffer file = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(tag("RIFF")).putInt(HEADER - 8 + bytes).put(tag("WAVE"));
        file.put(tag("fmt ")).putInt(FORMAT_BYTES).putShort(PCM).putShort((short) 1);
        file.putInt(rate).putInt(rate * Short.BYTES);
        file.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
        file.put(tag("data")).putInt(bytes);
        file.asShortBuffer().put(pcm);
        return file.array();
    }

    private static byte[] tag(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
