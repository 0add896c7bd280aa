package io.sandalphone.harness.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class SeriesTest {
    /// A round every 20 s, in each of which so many more of `growing` are left behind.
    private static Series of(Duration length, Measure growing, double more) {
        var series = new Series();
        int rounds = Math.toIntExact(length.dividedBy(Duration.ofSeconds(20)));
        for (int round = 0; round <= rounds; round++) {
            Map<Measure, Double> values = new EnumMap<>(Measure.class);
            for (Measure measure : Measure.values()) {
                values.put(measure, 40.0 + round % 2);
            }
            values.put(growing, 40.0 + more * round);
            series.add(Duration.ofSeconds(20L * round), values);
        }
        return series;
    }

    @Test
    void what_goes_up_and_down_by_one_does_not_grow() {
        Series series = of(Duration.ofMinutes(10), Measure.CHANNELS, 0);
        assertEquals(List.of(), series.growing(), series::table);
    }

    @Test
    void a_thread_of_every_round_that_stays_is_found_in_three_minutes() {
        Series series = of(Duration.ofMinutes(4), Measure.THREADS, 1);
        assertEquals(List.of(Measure.THREADS), series.growing(), series::table);
        assertTrue(series.table().contains("GROWING"), series::table);
    }

    @Test
    void a_channel_that_stays_is_found_in_a_minute_and_a_half() {
        Series series = of(Duration.ofSeconds(160), Measure.CHANNELS, 1);
        assertEquals(List.of(Measure.CHANNELS), series.growing(), series::table);
    }

    @Test
    void what_the_compiler_takes_is_judged_in_long_soaks_alone() {
        assertEquals(List.of(), of(Duration.ofMinutes(10), Measure.RESIDENT, 2e6).growing());
        assertEquals(
                List.of(Measure.RESIDENT),
                of(Duration.ofHours(2), Measure.RESIDENT, 2e6).growing());
    }
}
