package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.testing.Pcm;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class SilenceTrimmerTest {
    private final List<short[]> pieces = new ArrayList<>();
    private final SilenceTrimmer trimmer = SilenceTrimmer.ofSilence(pieces::add);

    private static short[] level(int value, int samples) {
        var pcm = new short[samples];
        Arrays.fill(pcm, (short) value);
        return pcm;
    }

    @Test
    void silence_around_goes_and_pauses_inside_stay() {
        trimmer.accept(level(0, 1000));
        trimmer.accept(level(5000, 300));
        trimmer.accept(level(0, 2000));
        trimmer.accept(level(5000, 300));
        trimmer.accept(level(3, 4000));
        short[] out = Pcm.joined(pieces);
        assertEquals(80 + 300 + 2000 + 300, out.length);
        assertArrayEquals(level(0, 2000), Arrays.copyOfRange(out, 380, 2380));
    }

    @Test
    void a_little_noise_behind_the_words_goes_too_where_the_voice_leaves_some() {
        var noisy = SilenceTrimmer.ofNoise(pieces::add);
        noisy.accept(level(3, 1000));
        noisy.accept(level(5000, 300));
        noisy.accept(level(3, 2000));
        noisy.accept(level(209, 300));
        noisy.accept(level(3, 300));
        assertEquals(240 + 300, Pcm.joined(pieces).length);
    }

    @Test
    void a_soft_consonant_before_the_words_stays() {
        var noisy = SilenceTrimmer.ofNoise(pieces::add);
        noisy.accept(level(3, 1000));
        noisy.accept(level(209, 600));
        noisy.accept(level(5000, 300));
        assertEquals(240 + 600 + 300, Pcm.joined(pieces).length);
    }

    @Test
    void sound_is_passed_on_as_it_comes() {
        trimmer.accept(level(5000, 300));
        assertEquals(300, Pcm.joined(pieces).length);
    }

    @Test
    void silence_alone_is_nothing() {
        trimmer.accept(level(0, 1000));
        trimmer.accept(level(20, 1000));
        assertTrue(pieces.isEmpty());
    }
}
