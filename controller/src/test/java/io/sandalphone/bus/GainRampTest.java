package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

class GainRampTest {
    private static final int QUARTER = GainRamp.FULL / 4;

    private final GainRamp ramp = new GainRamp();

    /// The next 20 ms of a sound that is 30000 all the time.
    private int[] next() {
        var pcm = new short[160];
        Arrays.fill(pcm, (short) 30_000);
        var sum = new int[160];
        ramp.add(pcm, sum);
        return sum;
    }

    @Test
    void a_sound_passes_untouched_at_first() {
        assertTrue(ramp.isFull());
        assertEquals(30_000, next()[159]);
    }

    @ParameterizedTest
    @CsvSource({"160, 142", "480, 48", "1600, 16"})
    void the_level_moves_without_a_step(int samples, int largestStep) {
        ramp.moveTo(QUARTER, samples);
        int before = 30_000;
        for (int frame = 0; frame < samples / 160 + 2; frame++) {
            for (int sample : next()) {
                assertTrue(before - sample >= 0 && before - sample <= largestStep);
                before = sample;
            }
        }
        assertEquals(7_500, before);
    }

    @Test
    void it_arrives_in_time_and_stays() {
        ramp.moveTo(QUARTER, 160);
        assertEquals(7_500, next()[159]);
        assertEquals(7_500, next()[0]);
        ramp.moveTo(GainRamp.FULL, 480);
        next();
        next();
        assertFalse(ramp.isFull());
        assertEquals(30_000, next()[159]);
        assertTrue(ramp.isFull());
    }

    @Test
    void it_turns_round_from_where_it_is() {
        ramp.moveTo(QUARTER, 480);
        int low = next()[159];
        ramp.moveTo(GainRamp.FULL, 480);
        int[] rising = next();
        assertTrue(rising[0] - low >= 0 && rising[0] - low < 50, low + " then " + rising[0]);
        assertTrue(rising[159] > low);
    }

    @Test
    void it_moves_while_the_track_is_silent_too() {
        ramp.moveTo(QUARTER, 320);
        ramp.pass(160);
        int half = ramp.level();
        assertTrue(half > QUARTER && half < GainRamp.FULL);
        ramp.pass(160);
        assertEquals(QUARTER, ramp.level());
    }
}
