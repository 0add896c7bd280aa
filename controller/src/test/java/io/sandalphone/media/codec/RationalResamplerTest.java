package io.sandalphone.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

class RationalResamplerTest {
    private static final PolyphaseFilter FILTER = PolyphaseFilter.between(22_050, 8000);

    private static short[] tone(int rate, double frequency, int samples) {
        var pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return pcm;
    }

    private static short[] whole(short[] pcm) {
        var resampler = new RationalResampler(FILTER);
        short[] head = resampler.resample(pcm);
        short[] rest = resampler.finish();
        short[] all = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, all, head.length, rest.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(doubles = {300, 1000, 3400, 3600})
    void a_tone_of_the_telephone_band_keeps_its_level_and_its_place(double frequency) {
        short[] out = whole(tone(22_050, frequency, 22_050));
        short[] expected = tone(8000, frequency, 8000);
        assertEquals(8000, out.length, 2);
        for (int i = 200; i < 7800; i++) {
            assertEquals(expected[i], out[i], 150, "sample " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {4000, 5000, 8000, 10_500})
    void what_the_telephone_cannot_carry_does_not_fold_back(double frequency) {
        short[] out = whole(tone(22_050, frequency, 22_050));
        for (int i = 200; i < 7800; i++) {
            assertTrue(Math.abs(out[i]) <= 12, "sample " + i + " is " + out[i]);
        }
    }

    @Test
    void pieces_join_without_a_seam() {
        short[] pcm = tone(22_050, 440, 10_000);
        var resampler = new RationalResampler(FILTER);
        var random = new Random(7);
        short[] joined = {};
        int at = 0;
        while (at < pcm.length) {
            int next = Math.min(pcm.length, at + random.nextInt(700));
            short[] out = resampler.resample(Arrays.copyOfRange(pcm, at, next));
            int before = joined.length;
            joined = Arrays.copyOf(joined, before + out.length);
            System.arraycopy(out, 0, joined, before, out.length);
            at = next;
        }
        assertArrayEquals(new RationalResampler(FILTER).resample(pcm), joined);
    }

    @Test
    void the_loudest_sound_is_clipped_not_wrapped() {
        var loud = new short[2205];
        Arrays.fill(loud, 0, 1000, Short.MAX_VALUE);
        Arrays.fill(loud, 1000, loud.length, Short.MIN_VALUE);
        short[] out = whole(loud);
        assertTrue(out[200] > 30_000 && out[600] < -30_000);
        int turns = 0;
        for (int i = 100; i < 700; i++) {
            turns += (out[i] < 0) == (out[i - 1] < 0) ? 0 : 1;
        }
        assertEquals(1, turns);
    }
}
