package io.sandalphone.speech.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class RestartPauseTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long MINUTE = 60_000 * MILLISECOND;

    private final RestartPause pauses = new RestartPause();

    @Test
    void pauses_grow_while_workers_die_at_once_and_never_beyond_half_a_minute() {
        var millis = LongStream.range(0, 10).map(_ -> pauses.after(MILLISECOND).toMillis());
        assertEquals(
                LongStream.of(200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000)
                        .boxed()
                        .toList(),
                millis.boxed().toList());
    }

    @Test
    void one_that_lived_for_more_than_a_minute_is_followed_soon() {
        pauses.after(MILLISECOND);
        pauses.after(MILLISECOND);
        assertEquals(200, pauses.after(MINUTE + 1).toMillis());
        assertEquals(400, pauses.after(MILLISECOND).toMillis());
    }
}
