package io.sandalphone.models;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes the little-endian values that whisper.cpp's files are made of.
final class GgmlWriter implements AutoCloseable {
    private final OutputStream out;
    private final ByteBuffer scratch = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);

    private GgmlWriter(OutputStream out) {
        this.out = out;
    }

    static GgmlWriter create(Path file) throws IOException {
        return new GgmlWriter(
                new BufferedOutputStream(
                        Files.newOutputStream(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        1 << 16));
    }

    void integer(int value) throws IOException {
        out.write(scratch.putInt(0, value).array(), 0, Integer.BYTES);
    }

    void float32(float value) throws IOException {
        out.write(scratch.putFloat(0, value).array(), 0, Float.BYTES);
    }

    void float16(float value) throws IOException {
        out.write(scratch.putShort(0, Float.floatToFloat16(value)).array(), 0, Short.BYTES);
    }

    void bytes(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /// What stands before a tensor's values. `lengths` are those of its dimensions, the one whose
    /// neighbours lie side by side first.
    void tensorHeader(String name, int[] lengths, int type) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        integer(lengths.length);
        integer(bytes.length);
        integer(type);
        for (int length : lengths) {
            integer(length);
        }
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
