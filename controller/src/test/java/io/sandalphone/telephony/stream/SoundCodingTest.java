package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.codec.G711;

import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;

class SoundCodingTest {
    @Test
    void each_law_decodes_what_it_has_encoded() {
        for (G711 law : G711.values()) {
            SoundCoding coding = SoundCoding.of(law);
            short[] levels = {law.decode((byte) 0x12), law.decode((byte) 0x93)};
            var coded = new byte[coding.bytes(levels.length)];
            coding.encode(levels, coded);

            assertArrayEquals(levels, coding.narrow(coding.decode(coded)), law.name());
        }
    }

    @Test
    void linear_samples_are_read_by_the_order_of_their_bytes() {
        byte[] coded = {0x01, 0x02, (byte) 0xff, 0x00};

        assertArrayEquals(
                new short[] {0x0102, (short) 0xff00},
                SoundCoding.linear(ByteOrder.BIG_ENDIAN).decode(coded));
        assertArrayEquals(
                new short[] {0x0201, 0x00ff},
                SoundCoding.linear(ByteOrder.LITTLE_ENDIAN).decode(coded));
    }

    @Test
    void linear_sound_is_twice_as_dense_on_the_wire_and_comes_back_as_loud() {
        SoundCoding out = SoundCoding.linear(ByteOrder.BIG_ENDIAN);
        SoundCoding in = SoundCoding.linear(ByteOrder.BIG_ENDIAN);
        var loudest = 0;
        for (int frame = 0; frame < 5; frame++) {
            var pcm = new short[160];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) (8000 * Math.sin((frame * 160 + i) * Math.PI / 10));
            }
            var coded = new byte[out.bytes(pcm.length)];
            assertEquals(640, coded.length);
            out.encode(pcm, coded);
            short[] back = in.narrow(in.decode(coded));
            assertEquals(160, back.length);
            for (short sample : back) {
                loudest = Math.max(loudest, sample);
            }
        }
        assertEquals(8000, loudest, 200);
    }

    @Test
    void linear_sound_that_ends_within_a_sample_of_either_rate_is_not_whole() {
        SoundCoding coding = SoundCoding.linear(ByteOrder.BIG_ENDIAN);

        assertTrue(coding.isWhole(640));
        assertFalse(coding.isWhole(639));
        assertFalse(coding.isWhole(638));
    }
}
