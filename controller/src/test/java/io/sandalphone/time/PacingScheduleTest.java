package io.sandalphone.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Random;

class PacingScheduleTest {
    @Test
    void the_first_frame_is_due_at_the_start_and_one_after_each_period() {
        var schedule = new PacingSchedule(100, 20, 5);
        assertEquals(0, schedule.framesDue(99));
        assertEquals(1, schedule.framesDue(100));
        assertEquals(0, schedule.framesDue(119));
        assertEquals(1, schedule.framesDue(120));
        assertEquals(2, schedule.framesDue(160));
    }

    @Test
    void a_long_stall_is_skipped_not_burst() {
        var schedule = new PacingSchedule(0, 20, 5);
        assertEquals(5, schedule.framesDue(2_000));
        assertEquals(96, schedule.skippedFrames());
    }

    @Test
    void late_calls_do_not_add_up() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var schedule = new PacingSchedule(0, 20, 1000);
        long frames = 0;
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            now += random.nextInt(50);
            frames += schedule.framesDue(now);
        }
        assertEquals(now / 20 + 1, frames, "seed " + seed);
    }

    @Test
    void time_may_be_negative_and_pass_through_its_wrap() {
        long start = Long.MAX_VALUE - 5;
        var schedule = new PacingSchedule(start, 20, 5);
        assertEquals(1, schedule.framesDue(start));
        start += 20;
        assertEquals(1, schedule.framesDue(start));
    }

    @Test
    void ticks_lie_on_a_grid_whatever_the_time_before_its_origin_or_after() {
        var grid = new TickGrid(7, 20);
        assertEquals(7, grid.atOrBefore(7));
        assertEquals(7, grid.atOrBefore(26));
        assertEquals(27, grid.after(7));
        assertEquals(27, grid.after(26));
        assertEquals(-13, grid.atOrBefore(-1));
        assertEquals(7, grid.after(-13));
    }
}
