package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

class LatencyWindowTest {
    private final LatencyWindow window = new LatencyWindow();

    @Test
    void it_says_nothing_before_it_knows_enough() {
        window.record(Duration.ofMillis(1));
        assertEquals(Optional.empty(), window.percentile(95, 2));
        window.record(Duration.ofMillis(3));
        assertEquals(Optional.of(Duration.ofMillis(3)), window.percentile(95, 2));
    }

    @Test
    void the_percentile_is_the_nearest_rank_of_the_latest_hundred() {
        for (int i = 1; i <= 50; i++) {
            window.record(Duration.ofSeconds(9));
        }
        for (int i = 1; i <= 100; i++) {
            window.record(Duration.ofMillis(i));
        }
        assertEquals(Optional.of(Duration.ofMillis(95)), window.percentile(95, 20));
        assertEquals(Optional.of(Duration.ofMillis(50)), window.percentile(50, 20));
        assertEquals(Optional.of(Duration.ofMillis(1)), window.percentile(1, 20));
    }
}
