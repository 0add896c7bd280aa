package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

class LoopProbeTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final VirtualLoop first = new VirtualLoop();
    private final VirtualLoop second = new VirtualLoop();

    @Test
    void a_loop_that_does_all_in_time_is_never_late() {
        LoopProbe.start(List.of(first), LoopMeters.register(registry));
        first.advance(Duration.ofSeconds(10));

        assertEquals(20, lateness().count());
        assertEquals(0, lateness().max(TimeUnit.MILLISECONDS));
        assertEquals(0, overdue());
    }

    @Test
    void one_that_hangs_is_seen_while_it_does_and_afterwards() {
        LoopProbe.start(List.of(first, second), LoopMeters.register(registry));
        first.advance(Duration.ofSeconds(1));
        second.advance(Duration.ofSeconds(1));
        // What is due on it half a second later happens 700 ms after that.
        second.execute(() -> second.stall(Duration.ofMillis(1200)));
        second.settle();
        assertEquals(0.7, overdue(), 0.001);

        second.advance(Duration.ofMillis(1));
        assertEquals(701, lateness().max(TimeUnit.MILLISECONDS), 1);
        assertEquals(0, overdue());
    }

    private Timer lateness() {
        return registry.get("sandalphone.loop.lateness").timer();
    }

    private double overdue() {
        return registry.get("sandalphone.loop.overdue").gauge().value();
    }
}
