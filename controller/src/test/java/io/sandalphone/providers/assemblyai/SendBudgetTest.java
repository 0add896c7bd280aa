package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendBudgetTest {
    private static final long MILLI = 1_000_000;

    private final SendBudget pace = new SendBudget();

    @Test
    void a_backlog_goes_out_as_a_burst_and_then_as_fast_as_it_was_said() {
        assertEquals(8, chunksBy(0));
        assertEquals(0, chunksBy(39 * MILLI));
        assertEquals(1, chunksBy(40 * MILLI));
        assertEquals(16, chunksBy(1000 * MILLI));
    }

    @Test
    void what_was_not_said_in_time_may_follow() {
        assertTrue(pace.allows(480, 0));
        pace.sent(480, 0);
        assertFalse(pace.allows(480 * 100, 5000 * MILLI));
        assertTrue(pace.allows(480 * 90, 5000 * MILLI));
    }

    /// How many chunks of 60 ms may go out at `nowNanos`.
    private int chunksBy(long nowNanos) {
        int chunks = 0;
        while (pace.allows(480, nowNanos)) {
            pace.sent(480, nowNanos);
            chunks++;
        }
        return chunks;
    }
}
