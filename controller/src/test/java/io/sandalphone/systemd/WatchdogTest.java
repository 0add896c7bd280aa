package io.sandalphone.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class WatchdogTest {
    private final List<String> told = new ArrayList<>();
    private final VirtualLoop first = new VirtualLoop();
    private final VirtualLoop second = new VirtualLoop();
    private final ServiceManager manager = new ServiceManager(told::add, Optional.empty());

    @Test
    void systemd_is_told_three_times_in_the_time_it_waits() {
        new Watchdog(List.of(first), manager, Duration.ofSeconds(30)).start();
        first.advance(Duration.ofSeconds(30));
        // At 0, 10, 20 and 30 seconds.
        assertEquals(List.of("WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"), told);
    }

    @Test
    void one_loop_that_hangs_is_enough_to_tell_nothing() {
        new Watchdog(List.of(first, second), manager, Duration.ofSeconds(30)).start();
        first.advance(Duration.ofSeconds(60));
        assertEquals(List.of(), told);
        second.settle();
        assertEquals(List.of("WATCHDOG=1"), told);
        first.advance(Duration.ofSeconds(60));
        assertEquals(List.of("WATCHDOG=1"), told);
    }

    @Test
    void it_needs_loops_to_look_at() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Watchdog(List.of(), manager, Duration.ofSeconds(30)));
    }
}
