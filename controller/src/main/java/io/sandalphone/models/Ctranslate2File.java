package io.sandalphone.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// CTranslate2's `model.bin`: named tensors, one after another.
///
/// Little endian: version, name of the architecture, revision, number of tensors; for each its name, rank
/// (a byte), lengths of its dimensions, type (a byte), length in bytes, values. A name is preceded by its
/// length in two bytes and ends in a NUL that counts.
final class Ctranslate2File {
    private static final int FLOAT32 = 0;
    private static final int INT8 = 1;
    private static final int INT16 = 2;
    private static final int INT32 = 3;
    private static final int FLOAT16 = 4;

    /// Values in row-major order; `values` are as wide as `type` says.
    private record Stored(List<Integer> shape, int type, ByteBuffer values) {}

    private final Map<String, Stored> tensors = new HashMap<>();

    private Ctranslate2File() {}

    /// Reads the file's structure; the values stay in the file, which is mapped.
    static Ctranslate2File read(Path path) throws IOException {
        var file = new Ctranslate2File();
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer in =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                            .order(ByteOrder.LITTLE_ENDIAN);
            in.getInt();
            text(in);
            in.getInt();
            int count = in.getInt();
            for (int i = 0; i < count; i++) {
                String name = text(in);
                int rank = Byte.toUnsignedInt(in.get());
                List<Integer> shape = new ArrayList<>();
                for (int dimension = 0; dimension < rank; dimension++) {
                    shape.add(in.getInt());
                }
                int type = Byte.toUnsignedInt(in.get());
                int bytes = in.getInt();
                ByteBuffer values = in.slice(in.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
                in.position(in.position() + bytes);
                file.tensors.put(name, new Stored(List.copyOf(shape), type, values));
            }
        }
        return file;
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /// A tensor of floats.
    Tensor tensor(String name) throws IOException {
        Stored stored = stored(name);
        return switch (stored.type) {
            case FLOAT32 -> new Tensor(stored.shape, stored.values, false);
            case FLOAT16 -> new Tensor(stored.shape, stored.values, true);
            default -> throw new IOException(name + " holds no floats: type " + stored.type);
        };
    }

    /// A whole number that stands alone.
    int number(String name) throws IOException {
        Stored stored = stored(name);
        return switch (stored.type) {
            case INT8 -> stored.values.get(0);
            case INT16 -> stored.values.getShort(0);
            case INT32 -> stored.values.getInt(0);
            default -> throw new IOException(name + " is no whole number: type " + stored.type);
        };
    }

    private Stored stored(String name) throws IOException {
        Stored stored = tensors.get(name);
        if (stored == null) {
            throw new IOException("no tensor " + name);
        }
        return stored;
    }

    /// Floats in row-major order, 16 or 32 bits each.
    record Tensor(List<Integer> shape, ByteBuffer values, boolean half) {
        int rank() {
            return shape.size();
        }

        int size() {
            return values.limit() / (half ? Short.BYTES : Float.BYTES);
        }

        float at(int index) {
            return half
                    ? Float.float16ToFloat(values.getShort(index * Short.BYTES))
                    : values.getFloat(index * Float.BYTES);
        }

        boolean isZero() {
            for (int i = 0; i < size(); i++) {
                if (at(i) != 0) {
                    return false;
                }
            }
            return true;
        }

        /// The `which`th of `parts` equal parts along the first dimension.
        Tensor part(int which, int parts) {
            List<Integer> lengths = new ArrayList<>(shape);
            lengths.set(0, shape.getFirst() / parts);
            int bytes = values.limit() / parts;
            return new Tensor(
                    List.copyOf(lengths),
                    values.slice(which * bytes, bytes).order(ByteOrder.LITTLE_ENDIAN),
                    half);
        }

        /// The same values, each in a row of its own.
        Tensor column() {
            return new Tensor(List.of(size(), 1), values, half);
        }
    }
}
