package io.sandalphone.harness.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

class TrendTest {
    private static final int MINUTES = 120;

    /// A measurement each minute for two hours.
    private static List<Trend.Point> points(IntToDoubleFunction value) {
        List<Trend.Point> points = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            points.add(new Trend.Point(minute / 60.0, value.applyAsDouble(minute)));
        }
        return points;
    }

    @Test
    void a_thread_that_is_left_behind_every_ten_minutes_grows() {
        Trend trend = Trend.ofSecondHalf(points(minute -> 40 + minute / 10));
        assertEquals(6, trend.perHour(), 0.7);
        assertTrue(trend.grows(4), trend::toString);
    }

    @Test
    void growth_shows_through_noise() {
        var chance = new Random(7);
        Trend trend =
                Trend.ofSecondHalf(
                        points(minute -> 30e6 + 1e5 * minute + 1e6 * chance.nextGaussian()));
        assertEquals(6e6, trend.perHour(), 2e6);
        assertTrue(trend.grows(2.5e6), trend::toString);
    }

    @Test
    void noise_alone_is_flat() {
        for (int seed = 0; seed < 200; seed++) {
            var chance = new Random(seed);
            Trend trend = Trend.ofSecondHalf(points(_ -> 30e6 + 2e6 * chance.nextGaussian()));
            assertFalse(trend.grows(1e6), "seed %d: %s".formatted(seed, trend));
        }
    }

    @Test
    void what_is_taken_once_and_given_back_is_flat() {
        Trend trend = Trend.ofSecondHalf(points(minute -> minute > 100 && minute < 112 ? 90 : 40));
        assertFalse(trend.grows(4), trend::toString);
    }

    @Test
    void a_measurement_that_goes_up_and_down_with_collections_is_flat() {
        Trend trend = Trend.ofSecondHalf(points(minute -> 30e6 + 1e6 * (minute % 9)));
        assertFalse(trend.grows(1.5e6), trend::toString);
    }

    @Test
    void what_was_taken_in_the_first_half_may_be_kept() {
        Trend trend = Trend.ofSecondHalf(points(minute -> Math.min(minute, 50)));
        assertEquals(0, trend.perHour());
        assertFalse(trend.grows(0), trend::toString);
    }

    @Test
    void few_measurements_say_nothing() {
        assertEquals(
                new Trend(0, 0, 0),
                Trend.of(List.of(new Trend.Point(0, 1), new Trend.Point(1, 50))));
    }
}
