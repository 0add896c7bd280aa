package io.sandalphone.telephony.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /// Always the largest number it may choose.
    private static final Random LONG_WAITS =
            new Random() {
                private static final long serialVersionUID = 1L;

                @Override
                public long nextLong(long bound) {
                    return bound - 1;
                }
            };

    @Test
    void waits_double_up_to_the_longest() {
        var backoff = new Backoff(FIRST, LONGEST, LONG_WAITS);

        assertEquals(
                LongStream.of(250, 500, 1000, 2000, 4000, 5000, 5000).boxed().toList(),
                LongStream.generate(backoff::delayMillis).limit(7).boxed().toList());
    }

    @Test
    void after_a_success_the_first_wait_comes_again() {
        var backoff = new Backoff(FIRST, LONGEST, LONG_WAITS);
        backoff.delayMillis();
        backoff.delayMillis();
        backoff.reset();

        assertEquals(250, backoff.delayMillis());
    }

    @Test
    void chance_shortens_a_wait_by_half_at_most() {
        var seed = System.nanoTime();
        var backoff = new Backoff(LONGEST, LONGEST, new Random(seed));

        for (var n = 0; n < 1000; n++) {
            var delay = backoff.delayMillis();
            assertTrue(delay >= 2500 && delay <= 5000, delay + " ms, seed " + seed);
        }
    }
}
