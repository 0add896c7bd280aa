package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

class ALawTest {
    @Test
    void all_codes_decode_as_the_jdk_decodes_them() throws IOException {
        byte[] codes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
        }
        AudioFormat aLaw = new AudioFormat(AudioFormat.Encoding.ALAW, 8000, 8, 1, 1, 8000, false);
        AudioFormat pcm = new AudioFormat(8000, 16, 1, true, false);
        byte[] decoded =
                AudioSystem.getAudioInputStream(
                                pcm,
                                new AudioInputStream(new ByteArrayInputStream(codes), aLaw, 256))
                        .readAllBytes();
        ByteBuffer expected = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN);

        for (byte code : codes) {
            assertEquals(expected.getShort(), ALaw.decode(code), "code " + code);
        }
    }

    @Test
    void every_code_survives_decoding_and_encoding() {
        for (int code = 0; code < 256; code++) {
            assertEquals((byte) code, ALaw.encode(ALaw.decode((byte) code)), "code " + code);
        }
    }

    @Test
    void the_extremes_are_clipped_not_wrapped() {
        assertEquals(32256, ALaw.decode(ALaw.encode(Short.MAX_VALUE)));
        assertEquals(-32256, ALaw.decode(ALaw.encode(Short.MIN_VALUE)));
        assertEquals((byte) 0xD5, ALaw.encode((short) 0));
    }
}
