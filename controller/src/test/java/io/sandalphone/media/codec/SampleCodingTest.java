package io.sandalphone.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

class SampleCodingTest {
    private static final short[] SAMPLES = {0, 1, -1, 255, 256, -256, 32767, -32768, 12345, -9876};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 20})
    void pcm_is_whole_again_however_it_was_cut(int size) {
        var bytes = ByteBuffer.allocate(SAMPLES.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(SAMPLES);

        assertArrayEquals(SAMPLES, decoded(SampleCoding.PCM_16, bytes.array(), size));
    }

    @Test
    void mu_law_is_a_byte_a_sample() {
        byte[] codes = {(byte) 0xff, 0x7f, 0, (byte) 0x80, 0x42};
        short[] expected = new short[codes.length];
        for (int i = 0; i < codes.length; i++) {
            expected[i] = G711.MU_LAW.decode(codes[i]);
        }
        assertArrayEquals(expected, decoded(SampleCoding.MU_LAW, codes, 2));
    }

    @Test
    void a_lone_byte_at_the_end_is_no_sample() {
        SampleCoding.Decoder decoder = SampleCoding.PCM_16.decoder();

        assertEquals(1, decoder.decode(ByteBuffer.wrap(new byte[] {1, 2, 3})).length);
        assertEquals(1, decoder.rest());
        assertEquals(0, SampleCoding.MU_LAW.decoder().rest());
    }

    private static short[] decoded(SampleCoding coding, byte[] bytes, int size) {
        SampleCoding.Decoder decoder = coding.decoder();
        short[] all = {};
        for (int at = 0; at < bytes.length; at += size) {
            short[] pcm =
                    decoder.decode(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
            short[] longer = Arrays.copyOf(all, all.length + pcm.length);
            System.arraycopy(pcm, 0, longer, all.length, pcm.length);
            all = longer;
        }
        assertEquals(0, decoder.rest());
        return all;
    }
}
