package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /// Once 240 ms are at least 22 dB softer than the loudest.
    @ParameterizedTest
    @CsvSource({"240, 200, true", "220, 200, false", "400, 300, false"})
    void it_is_due_once_in_a_pause(int millis, int level, boolean due) {
        hear(500, 3000);
        hear(millis, level);
        assertEquals(due, utterance.due());
        if (due) {
            utterance.decode();
            hear(1500, level);
            assertFalse(utterance.due(), "the same pause");
            hear(100, 3000);
            hear(240, level);
            assertTrue(utterance.due(), "another");
        }
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
