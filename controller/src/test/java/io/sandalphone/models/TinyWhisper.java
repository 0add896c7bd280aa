package io.sandalphone.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// A model of Whisper's shape with one layer on each side and always the same arbitrary weights, as
/// CTranslate2 stores it.
final class TinyWhisper {
    private static final int STATE = 64;
    private static final int WORDS = 96;
    private static final int FLOAT16 = 4;

    private final Random random = new Random(1);
    private final Map<String, ByteBuffer> tensors = new LinkedHashMap<>();

    private TinyWhisper() {
        tensor("decoder/position_encodings/encodings", 8, STATE);
        tensor("encoder/position_encodings/encodings", 10, STATE);
        tensor("decoder/embeddings/weight", WORDS, STATE);
        linear("encoder/conv1", STATE, 80, 3);
        linear("encoder/conv2", STATE, STATE, 3);
        norm("encoder/layer_norm");
        norm("decoder/layer_norm");
        for (String side : new String[] {"encoder", "decoder"}) {
            String layer = side + "/layer_0";
            norm(layer + "/self_attention/layer_norm");
            tensor(layer + "/self_attention/linear_0/weight", 3 * STATE, STATE);
            bias(layer + "/self_attention/linear_0/bias", 3, 1);
            linear(layer + "/self_attention/linear_1", STATE, STATE);
            norm(layer + "/ffn/layer_norm");
            linear(layer + "/ffn/linear_0", 4 * STATE, STATE);
            linear(layer + "/ffn/linear_1", STATE, 4 * STATE);
        }
        norm("decoder/layer_0/attention/layer_norm");
        linear("decoder/layer_0/attention/linear_0", STATE, STATE);
        tensor("decoder/layer_0/attention/linear_1/weight", 2 * STATE, STATE);
        bias("decoder/layer_0/attention/linear_1/bias", 2, 0);
        linear("decoder/layer_0/attention/linear_2", STATE, STATE);
    }

    /// Writes `model.bin` and `tokenizer.json` into `folder`.
    static void write(Path folder) throws IOException {
        var model = new TinyWhisper();
        ByteBuffer file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(6);
        text(file, "WhisperSpec");
        file.putInt(3);
        file.putInt(model.tensors.size());
        model.tensors.forEach(
                (name, tensor) -> {
                    text(file, name);
                    file.put(tensor.flip());
                });
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        Files.write(folder.resolve("model.bin"), bytes);
        Files.writeString(
                folder.resolve("tokenizer.json"),
                """
                {"model": {"vocab": {"!": 0, "Ġthe": 1, "Ã±": 2, "<|endoftext|>": 50256}}}
                """);
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        out.putShort((short) bytes.length).put(bytes);
    }

    private void linear(String name, int... shape) {
        tensor(name + "/weight", shape);
        tensor(name + "/bias", shape[0]);
    }

    private void norm(String name) {
        tensor(name + "/gamma", STATE);
        tensor(name + "/beta", STATE);
    }

    private void tensor(String name, int... shape) {
        ByteBuffer tensor = header(shape);
        while (tensor.hasRemaining()) {
            tensor.putShort(value());
        }
        tensors.put(name, tensor);
    }

    /// A bias of `parts`, of which one is zero.
    private void bias(String name, int parts, int zero) {
        ByteBuffer tensor = header(parts * STATE);
        for (int i = 0; tensor.hasRemaining(); i++) {
            tensor.putShort(i / STATE == zero ? 0 : value());
        }
        tensors.put(name, tensor);
    }

    private short value() {
        return Float.floatToFloat16(random.nextFloat() - 0.5f);
    }

    private static ByteBuffer header(int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        ByteBuffer tensor =
                ByteBuffer.allocate(6 + 4 * shape.length + 2 * size).order(ByteOrder.LITTLE_ENDIAN);
        tensor.put((byte) shape.length);
        for (int length : shape) {
            tensor.putInt(length);
        }
        return tensor.put((byte) FLOAT16).putInt(2 * size);
    }
}
