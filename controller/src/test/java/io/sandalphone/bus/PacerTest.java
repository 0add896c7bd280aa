package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class PacerTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final BusMeters meters = BusMeters.register(new SimpleMeterRegistry());
    private final Pacer pacer = new Pacer(loop, meters);
    private final List<Long> ticks = new ArrayList<>();
    private final Pacer.Paced paced = nanos -> ticks.add(nanos / 1_000_000);

    private void millis(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void it_ticks_every_20_ms_on_one_grid() {
        millis(7);
        pacer.add(paced);
        pacer.add(paced);
        millis(60);
        assertEquals(List.of(20L, 40L, 60L), ticks);
        pacer.remove(paced);
        millis(100);
        pacer.add(paced);
        millis(20);
        assertEquals(List.of(20L, 40L, 60L, 180L), ticks);
    }

    @Test
    void after_a_stall_three_ticks_are_caught_up_and_the_rest_is_left_out() {
        pacer.add(paced);
        loop.schedule(
                Duration.ofMillis(30),
                () -> {
                    // Something keeps the loop busy for 150 ms.
                    loop.stall(Duration.ofMillis(150));
                });
        millis(220);
        assertEquals(List.of(20L, 140L, 160L, 180L, 200L, 220L), ticks);
        assertEquals(5, meters.skippedTicks().count());
    }

    @Test
    void after_a_stall_the_loop_first_reads_what_has_come() {
        var order = new ArrayList<String>();
        pacer.add(_ -> order.add("tick at " + loop.nanoTime() / 1_000_000));
        loop.schedule(Duration.ofMillis(30), () -> loop.stall(Duration.ofMillis(25)));
        loop.schedule(Duration.ofMillis(54), () -> order.add("sound"));
        millis(60);
        assertEquals(List.of("tick at 20", "sound", "tick at 56", "tick at 60"), order);
    }

    @Test
    void one_that_throws_does_not_cost_the_others_their_tick() {
        pacer.add(
                _ -> {
                    throw new IllegalStateException("as planned");
                });
        pacer.add(paced);
        millis(40);
        assertEquals(List.of(20L, 40L), ticks);
        assertEquals(2, meters.faults().count());
    }

    @Test
    void what_is_added_or_removed_by_a_tick_disturbs_nobody() {
        var own = new ArrayList<Long>();
        pacer.add(
                new Pacer.Paced() {
                    @Override
                    public void tick(long nanos) {
                        own.add(nanos);
                        pacer.remove(this);
                        pacer.add(paced);
                    }
                });
        millis(60);
        assertEquals(1, own.size());
        assertEquals(List.of(40L, 60L), ticks);
        assertTrue(meters.faults().count() == 0);
    }
}
