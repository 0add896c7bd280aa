package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class GrowingUtteranceTest {
    private final GrowingUtterance utterance = new GrowingUtterance("en");

    private void hear(int millis, int level) {
        for (int at = 0; at < millis; at += 20) {
            var frame = new short[160];
            Arrays.fill(frame, (short) level);
            utterance.hear(frame);
        }
    }

    @Test
    void it_is_due_when_a_second_is_new() {
        hear(980, 3000);
        assertFalse(utterance.due());
        hear(20, 3000);
        assertTrue(utterance.due());
        assertEquals(8000, utterance.decode().length);
        assertFalse(utterance.due());
        hear(1000, 3000);
        assertTrue(utterance.due());
    }

    @Test
    void it_is_due_once_in_a_pause() {
        hear(500, 3000);
        hear(100, 0);
        assertFalse(utterance.due());
        utterance.pause(4000);
        assertTrue(utterance.due());
        assertTrue(utterance.pauses());
        utterance.decode();
        hear(400, 0);
        assertFalse(utterance.due(), "the same pause");
        hear(100, 3000);
        hear(100, 0);
        utterance.pause(8800);
        assertTrue(utterance.due(), "another");
    }

    @Test
    void a_pause_is_decoded_when_its_last_word_can_be_understood() {
        hear(500, 3000);
        hear(60, 0);
        utterance.pause(4000);
        assertFalse(utterance.due());
        hear(20, 0);
        assertTrue(utterance.due());
    }

    @Test
    void who_goes_on_pauses_no_longer() {
        hear(500, 3000);
        hear(100, 0);
        utterance.pause(4000);
        utterance.decode();
        hear(520, 3000);
        assertFalse(utterance.pauses());
        hear(500, 3000);
        assertTrue(utterance.due(), "a second is new");
    }

    @Test
    void what_may_become_a_pause_is_waited_for() {
        hear(1000, 3000);
        hear(40, 0);
        assertFalse(utterance.due());
        hear(20, 3000);
        assertTrue(utterance.due());
    }
}
