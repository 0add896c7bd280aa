package io.sandalphone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.metrics.PromQl.Match;
import io.sandalphone.metrics.PromQl.Selector;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class PromQlTest {
    @Test
    void metrics_their_labels_and_what_is_grouped_by_are_found() {
        PromQl query =
                PromQl.read(
                        "histogram_quantile(0.5, sum by (le, span) (rate(a_bucket{x=~\"b|c\","
                            + " y!=\"d\"}[$__rate_interval]))) > 0.3 and ignoring (z) scalar(e:f) *"
                            + " 1e3 or up == 1");

        assertEquals(
                List.of(
                        new Selector(
                                "a_bucket",
                                List.of(new Match("x", "=~", "b|c"), new Match("y", "!=", "d"))),
                        new Selector("e:f", List.of()),
                        new Selector("up", List.of())),
                query.selectors());
        assertEquals(Set.of("le", "span", "z"), query.grouping());
        assertEquals(List.of("b", "c"), query.selectors().getFirst().matches().getFirst().values());
    }

    @Test
    void words_in_a_value_are_none_of_the_expressions() {
        PromQl query = PromQl.read("a{b=\"by (c) d\"} - time()");

        assertEquals(
                List.of(new Selector("a", List.of(new Match("b", "=", "by (c) d")))),
                query.selectors());
        assertEquals(Set.of(), query.grouping());
    }

    @Test
    void a_selector_that_names_no_metric_is_not_taken() {
        assertThrows(IllegalArgumentException.class, () -> PromQl.read("sum({b=\"c\"})"));
    }
}
