package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;
import java.util.function.LongUnaryOperator;

class FarClockTest {
    private static final long FRAME_NANOS = 20_000_000;
    private static final int HOUR = 180_000;

    private final FarClock clock = new FarClock();

    /// What an hour's ticks gave beyond one frame each, where frame `i` is `late` of it later than its time.
    private int beyond(double frameNanos, LongUnaryOperator late) {
        int beyond = 0;
        for (long i = 0; i < HOUR; i++) {
            clock.heard(i * 160, (long) (i * frameNanos) + late.applyAsLong(i));
            beyond += clock.framesDue() - 1;
        }
        return beyond;
    }

    @ParameterizedTest
    @CsvSource({"100, 18", "-100, -18", "20, 3", "0, 0"})
    void a_far_end_gets_as_many_frames_more_or_fewer_as_its_clock_is_off(
            int partsPerMillion, int frames) {
        assertEquals(frames, beyond(FRAME_NANOS / (1 + partsPerMillion / 1e6), _ -> 0), 1);
    }

    @Test
    void jitter_hides_no_clock() {
        var chance = new Random(1);
        assertEquals(
                18, beyond(FRAME_NANOS / (1 + 100 / 1e6), _ -> chance.nextLong(40_000_000)), 1);
    }

    @Test
    void a_way_that_becomes_longer_or_shorter_is_no_clock() {
        assertEquals(0, beyond(FRAME_NANOS, i -> i / 20_000 % 2 * 150_000_000));
    }

    @Test
    void another_numbering_is_no_clock() {
        for (long i = 0; i < HOUR; i++) {
            clock.heard((i % 30_000) * 160, i * FRAME_NANOS);
            assertEquals(1, clock.framesDue());
        }
    }

    @Test
    void who_is_not_heard_gets_a_frame_at_each_tick() {
        assertEquals(1, clock.framesDue());
    }
}
