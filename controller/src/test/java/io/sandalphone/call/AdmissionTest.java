package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.call.Admission.Verdict;
import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class AdmissionTest {
    private final Admission admission = new Admission(() -> 2);

    @Test
    void there_are_so_many_places_and_who_leaves_gives_one_back() {
        assertEquals(Verdict.ADMITTED, admission.arrive(Verdict.ADMITTED));
        assertEquals(Verdict.ADMITTED, admission.make());
        assertEquals(Verdict.FULL, admission.arrive(Verdict.ADMITTED));
        assertEquals(Verdict.FULL, admission.make());
        assertEquals(Verdict.UNWANTED, admission.arrive(Verdict.UNWANTED));
        admission.over(false);
        assertEquals(Verdict.FULL, admission.make());
        admission.over(true);
        assertEquals(Verdict.ADMITTED, admission.make());
    }

    @Test
    void draining_waits_for_everybody_those_who_are_refused_included() {
        assertEquals(Verdict.ADMITTED, admission.make());
        Future<Void> drained = admission.drain();
        assertEquals(Verdict.DRAINING, admission.arrive(Verdict.ADMITTED));
        assertEquals(Verdict.DRAINING, admission.make());
        admission.over(true);
        assertFalse(drained.isComplete(), "one is being sent away");
        admission.over(false);
        assertTrue(drained.isComplete());
    }

    @Test
    void draining_is_done_at_once_when_nobody_is_here() {
        assertTrue(admission.drain().isComplete());
    }

    @Test
    void no_call_that_begins_beside_the_drain_is_missed() throws Exception {
        for (int round = 0; round < 2000; round++) {
            var gate = new Admission(() -> 1000);
            var go = new CountDownLatch(1);
            var draining = new CountDownLatch(1);
            var missed = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 4; i++) {
                    boolean arrives = i % 2 == 0;
                    var _ =
                            threads.submit(
                                    () -> {
                                        go.await();
                                        Verdict verdict =
                                                arrives
                                                        ? gate.arrive(Verdict.ADMITTED)
                                                        : gate.make();
                                        draining.await();
                                        if (verdict == Verdict.ADMITTED) {
                                            if (gate.drain().isComplete()) {
                                                missed.incrementAndGet();
                                            }
                                            gate.over(true);
                                        } else if (arrives) {
                                            gate.over(false);
                                        }
                                        return verdict;
                                    });
                }
                go.countDown();
                var _ = gate.drain();
                draining.countDown();
            }
            assertEquals(0, missed.get(), "calls that were here when nobody was, round " + round);
            assertTrue(gate.drain().isComplete());
        }
    }

    @Test
    void a_call_that_goes_on_takes_a_place_even_where_there_is_none_but_not_while_draining() {
        assertEquals(Verdict.ADMITTED, admission.make());
        assertEquals(Verdict.ADMITTED, admission.make());
        assertTrue(admission.resume());
        assertEquals(Verdict.FULL, admission.make());
        admission.over(true);
        assertEquals(Verdict.FULL, admission.make());
        Future<Void> drained = admission.drain();
        assertFalse(admission.resume());
        admission.over(true);
        admission.over(true);
        assertTrue(drained.isComplete());
    }
}
