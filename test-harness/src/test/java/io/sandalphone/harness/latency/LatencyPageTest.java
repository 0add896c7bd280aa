package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.LatencyResult.CurvePoint;
import io.sandalphone.harness.latency.PolicyResult.Percentiles;
import io.sandalphone.harness.latency.PolicyResult.Share;
import io.sandalphone.translate.Span;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class LatencyPageTest {
    private static PolicyResult result(String policy, long span, double chrf) {
        var none = new Percentiles(0, 0, 0);
        return new PolicyResult(
                policy,
                "en",
                1,
                1,
                0,
                0,
                0,
                new Percentiles(6, 12, 14),
                new Percentiles(580, 700, 730),
                none,
                none,
                none,
                new Percentiles(span, span, span),
                SpanParts.of(Map.of(Span.WAITING, List.of(1710L))),
                none,
                1.13,
                1,
                1,
                0,
                chrf,
                new Share(3, 4),
                new Share(0, 0),
                new Share(0, 0),
                0);
    }

    @Test
    void the_page_defines_what_it_shows_and_draws_a_point_for_each_least_number_of_words() {
        List<CurvePoint> curve =
                IntStream.rangeClosed(3, 8)
                        .mapToObj(
                                words ->
                                        new CurvePoint(
                                                words, result("x", 1500 + words, 46 + words)))
                        .toList();

        String page =
                LatencyPage.of(
                        new LatencyResult("cloud", 1, List.of(result("a<b", 2000, 47)), curve));

        assertTrue(page.contains("a&lt;b, en"), page);
        assertTrue(page.contains("580/700/730"), page);
        assertTrue(page.contains("from the last sample of the phrase"), page);
        assertTrue(page.contains("3 of 4"), page);
        assertTrue(page.contains("1.13"), page);
        assertTrue(page.contains("1710/1710/1710"), page);
        assertEquals(6, page.split("<circle ", -1).length - 1);
    }

    @Test
    void percentiles_are_values_that_occurred() {
        assertEquals(
                new Percentiles(5, 9, 10),
                Percentiles.of(List.of(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L)));
        assertEquals(new Percentiles(-3, -3, -3), Percentiles.of(List.of(-3L)));
        assertEquals(new Percentiles(0, 0, 0), Percentiles.of(List.of()));
    }
}
