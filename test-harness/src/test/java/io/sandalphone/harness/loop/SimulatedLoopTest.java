package io.sandalphone.harness.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.time.Loop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SimulatedLoopTest {
    private final SimulatedLoop loop = new SimulatedLoop();
    private final List<String> happened = new ArrayList<>();

    private void note(String what) {
        happened.add(what + "@" + loop.epochMillis());
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private Loop.Timer work(String name, long millis) {
        return loop.offload(
                () -> {
                    note(name + " asks");
                    loop.pause(millis(millis));
                    return name + " answers";
                },
                this::note,
                failure -> note(name + " " + failure.getClass().getSimpleName()));
    }

    @Test
    void work_takes_the_time_it_declares_and_others_go_on_meanwhile() {
        work("slow", 300);
        work("fast", 100);
        loop.schedule(millis(200), () -> note("timer"));

        loop.advance(millis(400));

        assertEquals(
                List.of(
                        "slow asks@0",
                        "fast asks@0",
                        "fast answers@100",
                        "timer@200",
                        "slow answers@300"),
                happened);
    }

    @Test
    void what_falls_due_at_one_moment_happens_in_the_order_in_which_it_was_asked_for() {
        loop.schedule(millis(10), () -> note("first"));
        loop.schedule(millis(10), () -> note("second"));

        loop.advance(millis(9));
        assertTrue(happened.isEmpty());
        loop.advance(millis(1));

        assertEquals(List.of("first@10", "second@10"), happened);
    }

    @Test
    void cancelled_work_is_interrupted_where_it_pauses_and_answers_nothing() {
        var interrupted = new boolean[1];
        Loop.Timer work =
                loop.offload(
                        () -> {
                            try {
                                loop.pause(millis(500));
                            } catch (InterruptedException e) {
                                interrupted[0] = true;
                                throw e;
                            }
                            return "";
                        },
                        this::note,
                        _ -> note("failed"));
        loop.advance(millis(100));
        assertFalse(interrupted[0]);

        work.cancel();
        loop.advance(millis(1000));

        assertTrue(interrupted[0]);
        assertTrue(happened.isEmpty());
    }

    @Test
    void work_that_is_cancelled_before_its_turn_never_begins() {
        work("never", 1).cancel();

        loop.advance(millis(10));

        assertTrue(happened.isEmpty());
    }

    @Test
    void a_failure_comes_home_to_the_loop() {
        loop.offload(
                () -> {
                    assertFalse(loop.inLoop());
                    throw new IllegalStateException("as scripted");
                },
                _ -> note("done"),
                failure -> note(loop.inLoop() + " " + failure.getMessage()));

        loop.advance(millis(1));

        assertEquals(List.of("true as scripted@0"), happened);
    }

    @Test
    void the_loop_itself_never_waits() {
        assertThrows(IllegalStateException.class, () -> loop.pause(millis(1)));
    }
}
