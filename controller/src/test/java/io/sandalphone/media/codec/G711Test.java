package io.sandalphone.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

class G711Test {
    @ParameterizedTest
    @CsvSource({"MU_LAW, g711-mu-law.txt", "A_LAW, g711-a-law.txt"})
    void every_code_stands_for_the_level_of_the_golden_table(G711 law, String table)
            throws IOException {
        for (int code = 0; code < 256; code++) {
            assertEquals(golden(table)[code], law.decode((byte) code), "code " + code);
        }
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void every_level_is_coded_as_itself(G711 law) {
        for (int code = 0; code < 256; code++) {
            short level = law.decode((byte) code);
            assertEquals(level, law.decode(law.encode(level)), "code " + code);
        }
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void arrays_and_buffers_are_coded_alike(G711 law) {
        short[] pcm = {0, -1, 1000, -1000, Short.MAX_VALUE, Short.MIN_VALUE};
        var codes = new byte[pcm.length];
        law.encode(pcm, codes);
        var buffer = ByteBuffer.allocate(pcm.length);
        law.encode(pcm, buffer, 0);
        assertArrayEquals(buffer.array(), codes);
        assertArrayEquals(law.decode(buffer, 0, codes.length), law.decode(codes));
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void a_louder_sample_never_gets_a_lower_level(G711 law) {
        int before = Integer.MIN_VALUE;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int level = law.decode(law.encode((short) sample));
            assertTrue(level >= before, "sample " + sample);
            before = level;
        }
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void the_error_is_at_most_a_32nd_of_the_sample_or_one_smallest_step(G711 law) {
        // Segments of 16 steps; the lowest begins at zero. Mu-law's overload begins at 32636.
        for (int sample = -32_635; sample <= 32_635; sample++) {
            int error = Math.abs(law.decode(law.encode((short) sample)) - sample);
            int most = Math.max(16, (Math.abs(sample) + 132) / 32);
            assertTrue(error <= most, "sample " + sample + " is off by " + error);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MU_LAW, 0, 0xFF",
        "MU_LAW, -1, 0x7F",
        "MU_LAW, 32767, 0x80",
        "MU_LAW, -32768, 0x00",
        "MU_LAW, 1000, 0xCE",
        "MU_LAW, -1000, 0x4E",
        "A_LAW, 0, 0xD5",
        "A_LAW, -1, 0x55",
        "A_LAW, 32767, 0xAA",
        "A_LAW, -32768, 0x2A",
        "A_LAW, 1000, 0xFA",
        "A_LAW, -1000, 0x7A",
    })
    void known_samples_have_known_codes(G711 law, short sample, String code) {
        assertEquals(Integer.decode(code), law.encode(sample) & 0xff);
    }

    @Test
    void negative_zero_of_mu_law_is_zero() {
        assertEquals(0, G711.MU_LAW.decode((byte) 0x7f));
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void a_buffer_is_coded_from_its_offset_and_its_position_stays(G711 law) {
        short[] pcm = {0, 100, -100, 20_000, -20_000};
        var bytes = ByteBuffer.allocateDirect(12 + pcm.length);
        law.encode(pcm, bytes, 12);
        short[] back = law.decode(bytes, 12, pcm.length);
        short[] each = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            each[i] = law.decode(law.encode(pcm[i]));
        }
        assertArrayEquals(each, back);
        assertEquals(0, bytes.position());
    }

    private static short[] golden(String table) throws IOException {
        var levels = new short[256];
        try (var stream = G711Test.class.getResourceAsStream(table);
                var scanner = new Scanner(stream, StandardCharsets.US_ASCII)) {
            for (int code = 0; code < 256; code++) {
                levels[code] = scanner.nextShort();
            }
        }
        return levels;
    }
}
