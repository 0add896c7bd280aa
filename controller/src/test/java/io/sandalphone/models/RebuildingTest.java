package io.sandalphone.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Files made of other files. That the real ones come out bit for bit is seen wherever they are fetched
/// so: what does not have its SHA-256 is discarded.
class RebuildingTest {
    /// Of the file that a program of its own, written in Python with NumPy before this one, made of the
    /// same input; the same program makes the published file of the published weights.
    private static final String TINY =
            "4eb4e5c493f56fecec27073788f8edff485c90a3384a39e345f981d7072cb02e";

    @TempDir private Path folder;

    @BeforeEach
    void write() throws IOException {
        TinyWhisper.write(folder);
    }

    private Path ggml() throws IOException {
        Path ggml = folder.resolve("ggml.bin");
        WhisperFromCtranslate2.convert(
                folder.resolve("model.bin"), folder.resolve("tokenizer.json"), ggml);
        return ggml;
    }

    @Test
    void whispers_file_is_made_bit_for_bit() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ggml()));
        assertEquals(TINY, HexFormat.of().formatHex(digest));
    }

    @Test
    void weights_that_are_not_whispers_are_refused() throws Exception {
        Path weights = folder.resolve("model.bin");
        byte[] bytes = Files.readAllBytes(weights);
        // The name of a tensor that must be there.
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("conv1");
        bytes[at] = 'x';
        Files.write(weights, bytes);
        var refused = assertThrows(IOException.class, this::ggml);
        assertEquals("no tensor encoder/conv1/weight", refused.getMessage());
    }

    @Test
    void quantizing_makes_matrices_half_as_large_and_keeps_the_rest() throws Exception {
        Path ggml = ggml();
        Path quantized = folder.resolve("q8.bin");
        Q8Quantizer.convert(ggml, quantized);
        long before = Files.size(ggml);
        long after = Files.size(quantized);
        // 34 bytes for 32 values of two bytes each; positions, biases and convolutions stay.
        long matrices = 96 * 64 + 2 * (4 + 8) * 64 * 64 + 4 * 64 * 64;
        assertEquals(matrices * 2 - matrices / 32 * 34, before - after);
        byte[] bytes = Files.readAllBytes(quantized);
        assertTrue(
                new String(bytes, StandardCharsets.ISO_8859_1)
                        .contains("decoder.blocks.0.cross_attn.key.weight"));
    }
}
