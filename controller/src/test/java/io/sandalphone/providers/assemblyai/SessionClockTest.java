package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SessionClockTest {
    private final SessionClock clock = new SessionClock();

    @Test
    void a_session_counts_from_its_first_sample() {
        assertFalse(clock.started());
        clock.sent(80_000, 160);
        clock.sent(80_160, 160);

        assertTrue(clock.started());
        assertEquals(80_000, clock.startAt(0));
        assertEquals(80_240, clock.startAt(30));
        assertEquals(80_320, clock.endAt(40));
        assertEquals(1, clock.stretches());
    }

    @Test
    void what_was_left_out_lies_between_the_end_of_one_word_and_the_start_of_the_next() {
        clock.sent(1000, 160);
        clock.sent(9000, 160);

        assertEquals(1160, clock.endAt(20));
        assertEquals(9000, clock.startAt(20));
        assertEquals(9080, clock.endAt(30));
    }

    @Test
    void a_time_beyond_what_was_sent_is_the_last_there_is() {
        clock.sent(1000, 160);

        assertEquals(1159, clock.startAt(500));
        assertEquals(1160, clock.endAt(500));
        assertEquals(1160, clock.end());
    }

    @Test
    void it_remembers_no_more_than_it_may_be_asked() {
        for (int i = 0; i < 1000; i++) {
            clock.sent(i * 1000L, 160);
            clock.forget(i * 20L);
        }

        assertEquals(1, clock.stretches());
        assertEquals(999_000, clock.startAt(999 * 20));
    }
}
