package io.sandalphone.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/// Makes the `q8_0` file of whisper.cpp's file with 16-bit floats, the same bytes as whisper.cpp's own
/// tool makes: matrices become blocks of 32 values, each block a 16-bit scale and 32 signed bytes;
/// everything else stays as it is.
final class Q8Quantizer {
    private static final int BLOCK = 32;
    private static final int FLOAT32 = 0;
    private static final int FLOAT16 = 1;
    private static final int Q8_0 = 8;

    /// Of the integers at the beginning, the one that names the format, and its value for `q8_0` in the
    /// second version of ggml's quantization.
    private static final int FORMAT_AT = 11;

    private static final int FORMAT = 2007;

    private static final Set<String> KEPT =
            Set.of(
                    "encoder.conv1.bias",
                    "encoder.conv2.bias",
                    "encoder.positional_embedding",
                    "decoder.positional_embedding");

    private final ByteBuffer in;
    private final GgmlWriter out;

    private Q8Quantizer(ByteBuffer in, GgmlWriter out) {
        this.in = in;
        this.out = out;
    }

    static void convert(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from);
                var out = GgmlWriter.create(to)) {
            ByteBuffer in =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                            .order(ByteOrder.LITTLE_ENDIAN);
            new Q8Quantizer(in, out).convert();
        }
    }

    private void convert() throws IOException {
        for (int i = 0; i < FORMAT_AT; i++) {
            copyInteger();
        }
        in.getInt();
        out.integer(FORMAT);
        int filters = copyInteger();
        int bins = copyInteger();
        copy(filters * bins * Float.BYTES);
        int tokens = copyInteger();
        for (int i = 0; i < tokens; i++) {
            copy(copyInteger());
        }
        while (in.hasRemaining()) {
            tensor();
        }
    }

    private void tensor() throws IOException {
        int[] lengths = new int[in.getInt()];
        byte[] name = new byte[in.getInt()];
        int type = in.getInt();
        int count = 1;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = in.getInt();
            count *= lengths[i];
        }
        in.get(name);
        String text = new String(name, StandardCharsets.UTF_8);
        boolean quantized = lengths.length == 2 && !KEPT.contains(text);
        out.tensorHeader(text, lengths, quantized ? Q8_0 : type);
        if (!quantized) {
            copy(count * (type == FLOAT32 ? Float.BYTES : Short.BYTES));
            return;
        }
        if (type != FLOAT16 || lengths[0] % BLOCK != 0) {
            throw new IOException(text + " cannot be quantized");
        }
        float[] block = new float[BLOCK];
        byte[] quants = new byte[BLOCK];
        for (int i = 0; i < count; i += BLOCK) {
            block(block, quants);
        }
    }

    private void block(float[] block, byte[] quants) throws IOException {
        float largest = 0;
        for (int i = 0; i < BLOCK; i++) {
            block[i] = Float.float16ToFloat(in.getShort());
            largest = Math.max(largest, Math.abs(block[i]));
        }
        float scale = largest / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        for (int i = 0; i < BLOCK; i++) {
            double scaled = block[i] * inverse;
            // To the nearest, halves away from zero.
            quants[i] = (byte) Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
        }
        out.float16(scale);
        out.bytes(quants);
    }

    private int copyInteger() throws IOException {
        int value = in.getInt();
        out.integer(value);
        return value;
    }

    private void copy(int bytes) throws IOException {
        byte[] chunk = new byte[Math.min(bytes, 1 << 16)];
        for (int left = bytes; left > 0; left -= chunk.length) {
            if (left < chunk.length) {
                chunk = new byte[left];
            }
            in.get(chunk);
            out.bytes(chunk);
        }
    }
}
