package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

class MuLawTest {
    @Test
    void all_codes_decode_as_the_jdk_decodes_them() throws IOException {
        byte[] codes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
        }
        AudioFormat muLaw = new AudioFormat(AudioFormat.Encoding.ULAW, 8000, 8, 1, 1, 8000, false);
        AudioFormat pcm = new AudioFormat(8000, 16, 1, true, false);
        byte[] decoded =
                AudioSystem.getAudioInputStream(
                                pcm,
                                new AudioInputStream(new ByteArrayInputStream(codes), muLaw, 256))
                        .readAllBytes();
        short[] expected = new short[256];
        ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(expected);

        assertArrayEquals(expected, MuLaw.decode(codes));
    }

    @Test
    void every_code_survives_decoding_and_encoding() {
        for (int code = 0; code < 256; code++) {
            // Two codes stand for zero; the positive one is what silence is sent as.
            int expected = code == 0x7F ? 0xFF : code;
            assertEquals((byte) expected, MuLaw.encode(MuLaw.decode((byte) code)), "code " + code);
        }
    }

    @Test
    void the_extremes_are_clipped_not_wrapped() {
        assertEquals(32124, MuLaw.decode(MuLaw.encode(Short.MAX_VALUE)));
        assertEquals(-32124, MuLaw.decode(MuLaw.encode(Short.MIN_VALUE)));
        assertEquals(MuLaw.SILENCE, MuLaw.encode((short) 0));
    }
}
