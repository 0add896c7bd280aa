package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.bench.PageResult.Phase;
import io.sandalphone.harness.bench.PageResult.Watched;

import org.junit.jupiter.api.Test;

import java.util.List;

class PageResultTest {
    @Test
    void each_phase_says_who_watched_and_what_it_cost_whom() {
        var result =
                new PageResult(
                        20,
                        2,
                        List.of(
                                new Phase(
                                        Watched.BY_THE_PAGE,
                                        30,
                                        Distribution.ofNanos(new long[] {1_500_000}),
                                        31.4,
                                        12.5,
                                        40)));
        String table = result.table();
        assertTrue(table.contains("by the page"), table);
        assertTrue(table.contains("p99 1.50"), table);
        assertTrue(table.contains("gateway 31.4 %, browser 12.5 %, all else 40.0 %"), table);
        assertTrue(result.json().contains("\"watched\" : \"BY_THE_PAGE\""), result.json());
        assertTrue(result.json().contains("\"p99_millis\" : 1.5"), result.json());
    }
}
