package io.sandalphone.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.models.Ctranslate2File.Tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes whisper.cpp's file of a Whisper model out of CTranslate2's weights and the tokenizer's JSON, the
/// same bytes as the file that whisper.cpp publishes.
///
/// whisper.cpp's file: 12 integers, the mel filter bank, the tokens, the tensors in the order of OpenAI's
/// module. CTranslate2 has query, key and value of an attention in one tensor, and zeros for the keys'
/// bias, which OpenAI's module does not have.
final class WhisperFromCtranslate2 {
    private static final int MAGIC = 0x67676d6c; // "ggml"
    private static final int MELS = 80;
    private static final int FLOAT32 = 0;
    private static final int FLOAT16 = 1;

    /// Tokens that are text; those after them mark languages, tasks and times.
    private static final int TEXT_TOKENS = 50_257;

    private final Ctranslate2File weights;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private WhisperFromCtranslate2(Ctranslate2File weights) {
        this.weights = weights;
    }

    static void convert(Path weights, Path tokens, Path out) throws IOException {
        new WhisperFromCtranslate2(Ctranslate2File.read(weights)).write(tokenTexts(tokens), out);
    }

    private void write(List<byte[]> tokens, Path out) throws IOException {
        int encoderLayers = layers("encoder");
        int decoderLayers = layers("decoder");
        collect(encoderLayers, decoderLayers);
        Tensor embedding = weights.tensor("decoder/embeddings/weight");
        int words = embedding.shape().getFirst();
        int state = embedding.shape().get(1);
        int heads =
                weights.has("encoder/num_heads") ? weights.number("encoder/num_heads") : state / 64;
        int audioContext = length("encoder/position_encodings/encodings");
        int textContext = length("decoder/position_encodings/encodings");
        int[] header = {
            MAGIC,
            words,
            audioContext,
            state,
            heads,
            encoderLayers,
            textContext,
            state,
            heads,
            decoderLayers,
            MELS,
            FLOAT16
        };
        try (var ggml = GgmlWriter.create(out)) {
            for (int number : header) {
                ggml.integer(number);
            }
            float[][] filters = MelFilters.slaney(16_000, 400, MELS);
            ggml.integer(filters.length);
            ggml.integer(filters[0].length);
            for (float[] filter : filters) {
                for (float weight : filter) {
                    ggml.float32(weight);
                }
            }
            ggml.integer(tokens.size());
            for (byte[] token : tokens) {
                ggml.integer(token.length);
                ggml.bytes(token);
            }
            for (var each : tensors.entrySet()) {
                write(each.getKey(), each.getValue(), ggml);
            }
        }
    }

    private static void write(String name, Tensor tensor, GgmlWriter out) throws IOException {
        boolean convolutionBias = name.matches("encoder\\.conv[12]\\.bias");
        Tensor written = convolutionBias ? tensor.column() : tensor;
        boolean wide =
                written.rank() < 2 || convolutionBias || name.endsWith("positional_embedding");
        int[] lengths = written.shape().reversed().stream().mapToInt(Integer::intValue).toArray();
        out.tensorHeader(name, lengths, wide ? FLOAT32 : FLOAT16);
        for (int i = 0; i < written.size(); i++) {
            if (wide) {
                out.float32(written.at(i));
            } else {
                out.float16(written.at(i));
            }
        }
    }

    private int length(String name) throws IOException {
        return weights.tensor(name).shape().getFirst();
    }

    private int layers(String side) {
        int layers = 0;
        while (weights.has(side + "/layer_" + layers + "/self_attention/linear_0/weight")) {
            layers++;
        }
        return layers;
    }

    /// Every tensor under its name in OpenAI's module, in the module's order.
    private void collect(int encoderLayers, int decoderLayers) throws IOException {
        copy("decoder/position_encodings/encodings", "decoder.positional_embedding");
        copy("encoder/position_encodings/encodings", "encoder.positional_embedding");
        copy("decoder/embeddings/weight", "decoder.token_embedding.weight");
        for (int layer = 0; layer < decoderLayers; layer++) {
            String from = "decoder/layer_" + layer;
            String to = "decoder.blocks." + layer;
            block(from, to);
            norm(from + "/attention/layer_norm", to + ".cross_attn_ln");
            crossAttention(from + "/attention", to + ".cross_attn");
        }
        norm("decoder/layer_norm", "decoder.ln");
        linear("encoder/conv1", "encoder.conv1");
        linear("encoder/conv2", "encoder.conv2");
        for (int layer = 0; layer < encoderLayers; layer++) {
            block("encoder/layer_" + layer, "encoder.blocks." + layer);
        }
        norm("encoder/layer_norm", "encoder.ln_post");
    }

    /// What encoder and decoder have alike.
    private void block(String from, String to) throws IOException {
        norm(from + "/ffn/layer_norm", to + ".mlp_ln");
        linear(from + "/ffn/linear_0", to + ".mlp.0");
        linear(from + "/ffn/linear_1", to + ".mlp.2");
        norm(from + "/self_attention/layer_norm", to + ".attn_ln");
        selfAttention(from + "/self_attention", to + ".attn");
    }

    private void selfAttention(String from, String to) throws IOException {
        Tensor weight = weights.tensor(from + "/linear_0/weight");
        Tensor bias = weights.tensor(from + "/linear_0/bias");
        requireNoKeyBias(from, bias.part(1, 3));
        tensors.put(to + ".query.weight", weight.part(0, 3));
        tensors.put(to + ".query.bias", bias.part(0, 3));
        tensors.put(to + ".key.weight", weight.part(1, 3));
        tensors.put(to + ".value.weight", weight.part(2, 3));
        tensors.put(to + ".value.bias", bias.part(2, 3));
        linear(from + "/linear_1", to + ".out");
    }

    private void crossAttention(String from, String to) throws IOException {
        Tensor weight = weights.tensor(from + "/linear_1/weight");
        Tensor bias = weights.tensor(from + "/linear_1/bias");
        requireNoKeyBias(from, bias.part(0, 2));
        linear(from + "/linear_0", to + ".query");
        tensors.put(to + ".key.weight", weight.part(0, 2));
        tensors.put(to + ".value.weight", weight.part(1, 2));
        tensors.put(to + ".value.bias", bias.part(1, 2));
        linear(from + "/linear_2", to + ".out");
    }

    private static void requireNoKeyBias(String from, Tensor bias) throws IOException {
        if (!bias.isZero()) {
            throw new IOException(from + " has a bias of its keys: not a model of Whisper's");
        }
    }

    private void linear(String from, String to) throws IOException {
        copy(from + "/weight", to + ".weight");
        copy(from + "/bias", to + ".bias");
    }

    private void norm(String from, String to) throws IOException {
        copy(from + "/gamma", to + ".weight");
        copy(from + "/beta", to + ".bias");
    }

    private void copy(String from, String to) throws IOException {
        tensors.put(to, weights.tensor(from));
    }

    /// The bytes of every text token. The tokenizer writes bytes that are no printable character of
    /// Latin-1 as characters from 256 on, as GPT-2's does.
    private static List<byte[]> tokenTexts(Path tokenizer) throws IOException {
        Map<Integer, String> texts = new HashMap<>();
        JsonNode vocabulary = new ObjectMapper().readTree(tokenizer.toFile()).at("/model/vocab");
        vocabulary.properties().forEach(each -> texts.put(each.getValue().asInt(), each.getKey()));
        Map<Character, Integer> bytes = byteCharacters();
        List<byte[]> tokens = new ArrayList<>();
        for (int token = 0; token < TEXT_TOKENS; token++) {
            String text = texts.getOrDefault(token, "");
            if (text.equals("<|endoftext|>")) {
                tokens.add(text.getBytes(StandardCharsets.US_ASCII));
                continue;
            }
            var plain = new ByteArrayOutputStream();
            for (int i = 0; i < text.length(); i++) {
                Integer value = bytes.get(text.charAt(i));
                if (value == null) {
                    throw new IOException("token " + token + " is not as GPT-2's tokenizer writes");
                }
                plain.write(value);
            }
            tokens.add(plain.toByteArray());
        }
        return tokens;
    }

    private static Map<Character, Integer> byteCharacters() {
        Map<Character, Integer> bytes = new HashMap<>();
        char next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value > 32 && value < 127) || (value > 160 && value != 173);
            bytes.put(printable ? (char) value : next++, value);
        }
        return bytes;
    }
}
