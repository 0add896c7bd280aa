package org.example.calls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// WAV files of mono PCM, 16 bits.
final class Wav {
    private static final int HEADER = 44;
    private static final int RATE = 16_000;

    private Wav() {}

    /// A file of what a caller said.
    static byte[] write(byte[] pcm) {
        ByteBuffer file = ByteBuffer.allocate(HEADER + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEADER - 8 + pcm.length).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        file.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        return file.put(ascii("data")).putInt(pcm.length).put(pcm).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The sound of a file of any rate, as a call takes it.
    static byte[] read(byte[] file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int rate = 0;
        for (int at = 12; at + 8 <= file.length; ) {
            String chunk = new String(file, at, 4, StandardCharsets.US_ASCII);
            int length = Math.clamp(all.getInt(at + 4), 0, file.length - at - 8);
            if (chunk.equals("fmt ")) {
                rate = all.getInt(at + 12);
            } else if (chunk.equals("data") && rate > 0) {
                return resampled(all, at + 8, length / 2, rate);
            }
            at += 8 + length + length % 2;
        }
        throw new IOException("no WAV file");
    }

    private static byte[] resampled(ByteBuffer file, int data, int samples, int rate) {
        int count = (int) ((long) samples * RATE / rate);
        ByteBuffer out = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double at = (double) i * rate / RATE;
            int left = (int) at;
            int right = Math.min(left + 1, samples - 1);
            double part = at - left;
            double sample =
                    file.getShort(data + 2 * left) * (1 - part)
                            + file.getShort(data + 2 * right) * part;
            out.putShort((short) Math.round(sample));
        }
        return out.array();
    }
}
