package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

class PartialBudgetTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void a_share_of_nothing_allows_nothing() {
        var budget = new PartialBudget(0, 0);
        assertFalse(budget.allows(0));
        assertFalse(budget.allows(3600 * SECOND));
    }

    @Test
    void a_debt_is_waited_for() {
        var budget = new PartialBudget(0.5, 0);
        assertTrue(budget.allows(0));
        budget.spend(2 * SECOND);
        assertFalse(budget.allows(3 * SECOND));
        assertTrue(budget.allows(3 * SECOND + 1_000));
    }

    @Test
    void what_is_made_of_a_finished_utterance_is_not_counted() {
        var budget = new PartialBudget(1, 0);
        budget.spend(5 * SECOND);
        budget.refund(5 * SECOND);
        assertTrue(budget.allows(0));
    }

    /// Decodes as often as it may, for a thousand seconds; no stretch of time may hold more than its share,
    /// what is saved in a second, and one decoding.
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1, 1.5, 4})
    void in_any_time_at_most_the_share_is_used(double cores) {
        record Decoding(long begin, long processor) {}
        var random = new Random(7);
        var budget = new PartialBudget(cores, 0);
        Deque<Decoding> decodings = new ArrayDeque<>();
        long longest = 0;
        for (long now = 0; now < 1000 * SECOND; now += SECOND / 50) {
            if (random.nextInt(100) > 0 && budget.allows(now)) {
                long processor = random.nextLong(3 * SECOND);
                budget.spend(processor);
                decodings.addLast(new Decoding(now, processor));
                longest = Math.max(longest, processor);
            }
        }
        assertTrue(decodings.size() > 100, "some were allowed");
        for (Decoding first : decodings) {
            long used = 0;
            for (Decoding each : decodings) {
                if (each.begin >= first.begin && each.begin - first.begin <= 60 * SECOND) {
                    used += each.processor;
                }
            }
            double most = cores * 61 * SECOND + longest;
            assertTrue(used <= most, "from " + first.begin + " used " + used + ", at most " + most);
        }
    }
}
