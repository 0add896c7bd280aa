package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MS = 1_000_000;

    @Test
    void what_was_tried_is_expected_again() {
        var pace = new Pace(256, 400 * MS, 0);
        assertEquals(1200 * MS, pace.estimate(3 * 256));
    }

    @Test
    void a_machine_that_becomes_slow_is_soon_known_to_be() {
        var pace = new Pace(256, 400 * MS, 0);
        for (int i = 0; i < 5; i++) {
            pace.took(512, 8000 * MS, 0);
        }
        long expected = pace.estimate(512);
        assertTrue(expected > 6000 * MS && expected <= 8000 * MS, () -> expected / MS + " ms");
    }

    @Test
    void what_was_measured_half_a_minute_ago_says_nothing() {
        var pace = new Pace(256, 400 * MS, 0);
        pace.took(256, 400 * MS, 10_000 * MS);
        assertFalse(pace.outdated(40_000 * MS));
        assertTrue(pace.outdated(40_001 * MS));
    }
}
