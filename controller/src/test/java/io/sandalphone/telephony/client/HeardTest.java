package io.sandalphone.telephony.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class HeardTest {
    private static final int SECOND = 2 * Heard.RATE;

    private final Heard heard = new Heard();

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    /// A tone of 440 Hz at half the scale, `from` and `to` in samples.
    private static byte[] tone(int from, int to) {
        var samples = new short[to - from];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (16_384 * Math.sin(2 * Math.PI * 440 * (from + i) / Heard.RATE));
        }
        return ClientMedia.bytes(samples);
    }

    @Test
    void pieces_of_any_length_become_frames_of_the_same_sound() {
        List<AudioFrame> frames = new ArrayList<>();
        int[] lengths = {1, 319, 640, 7, 16_000, 33};
        int at = 0;
        while (at < 10 * Heard.RATE) {
            int next = at + lengths[frames.size() % lengths.length];
            frames.addAll(heard.add(tone(at, next), seconds((double) at / Heard.RATE)));
            at = next;
        }
        assertEquals(at / 320, frames.size());
        double power = 0;
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(160L * i, frames.get(i).position());
            for (short sample : frames.get(i).pcm()) {
                power += (double) sample * sample;
            }
        }
        // Half the scale has a level of 16384 / sqrt 2.
        assertEquals(11_585, Math.sqrt(power / (160.0 * frames.size())), 120);
    }

    @Test
    void what_was_not_sent_shows_as_a_gap() {
        assertEquals(0, heard.add(tone(0, 320), 0).getFirst().position());
        assertEquals(160, heard.add(tone(0, 320), seconds(0.5)).getFirst().position());
        // 4.46 s after the end of what has come: 223 frames are missing.
        assertEquals(160 * (2 + 223), heard.add(tone(0, 320), seconds(4.5)).getFirst().position());
    }

    @Test
    void what_a_network_held_up_is_taken_when_it_lets_go() {
        heard.add(tone(0, 320), 0);
        assertTrue(heard.isInTime(SECOND, seconds(1)));
        heard.add(new byte[SECOND], seconds(1));
        assertTrue(heard.isInTime(SECOND, seconds(1)));
    }

    @Test
    void sound_that_comes_faster_than_it_is_spoken_is_not_taken() {
        for (int i = 0; i < 3; i++) {
            assertTrue(heard.isInTime(SECOND, 0), "second " + i);
            heard.add(new byte[SECOND], 0);
        }
        assertFalse(heard.isInTime(SECOND, 0));
        assertFalse(heard.isInTime(SECOND, seconds(0.9)));
        assertTrue(heard.isInTime(SECOND, seconds(1)));
    }
}
