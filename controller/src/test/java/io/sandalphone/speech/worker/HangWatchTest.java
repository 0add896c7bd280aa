package io.sandalphone.speech.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class HangWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final HangWatch watch = new HangWatch(Duration.ofSeconds(20));

    @Test
    void a_worker_that_says_nothing_while_an_utterance_waits_hangs() {
        watch.ready();
        watch.heardOf(0);
        assertFalse(watch.hangs(5 * SECOND, 25 * SECOND));
        assertTrue(watch.hangs(5 * SECOND, 26 * SECOND));
    }

    @Test
    void one_that_is_at_work_is_slow_however_long_an_utterance_waits() {
        watch.ready();
        for (long now = 0; now < 600; now += 19) {
            watch.heardOf(now * SECOND);
            assertFalse(watch.hangs(0, (now + 19) * SECOND));
        }
    }

    @Test
    void one_that_has_had_nothing_to_do_is_given_its_time() {
        watch.ready();
        watch.heardOf(0);
        assertFalse(watch.hangs(600 * SECOND, 610 * SECOND));
        assertTrue(watch.hangs(600 * SECOND, 621 * SECOND));
    }

    @Test
    void one_that_loads_its_model_may_take_its_time() {
        assertFalse(watch.hangs(0, 600 * SECOND));
        watch.ready();
        watch.heardOf(600 * SECOND);
        assertFalse(watch.hangs(0, 601 * SECOND));
        watch.gone();
        assertFalse(watch.hangs(0, 900 * SECOND));
    }
}
