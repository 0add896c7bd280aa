package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.call.CallEvent;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

class EventQueueTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> received = new ArrayList<>();
    private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
    private boolean watched = true;
    private final EventQueue queue =
            new EventQueue(
                    tasks::addLast,
                    new EventQueue.Receiver() {
                        @Override
                        public boolean isWatched() {
                            return watched;
                        }

                        @Override
                        public void publish(CallEvent event) {
                            received.add(event.callId());
                            if (event.callId().equals("faulty")) {
                                throw new IllegalStateException("receiver");
                            }
                        }

                        @Override
                        public void missed() {
                            received.add("missed");
                        }
                    },
                    dropped);

    private void tell(String call) {
        queue.on(new CallEvent.StateChanged(call, "talking", 0));
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.removeFirst().run();
        }
    }

    @Test
    void what_nobody_watches_makes_no_work_for_anybody() {
        watched = false;
        tell("unwatched");
        assertTrue(tasks.isEmpty());
        watched = true;
        tell("watched");
        settle();
        assertEquals(List.of("watched"), received);
    }

    @Test
    void events_are_handed_over_in_order_by_one_task_at_a_time() {
        for (int i = 0; i < 1000; i++) {
            tell(Integer.toString(i));
            assertEquals(1, tasks.size(), "tasks that wait");
        }
        settle();
        assertEquals(1000, received.size());
        assertEquals("0", received.getFirst());
        assertEquals("999", received.getLast());
        tell("later");
        settle();
        assertEquals("later", received.getLast());
        assertEquals(0, dropped.count());
    }

    @Test
    void a_loop_that_stands_still_keeps_a_bounded_number_and_then_says_that_some_are_missed() {
        for (int i = 0; i < 100_000; i++) {
            tell(Integer.toString(i));
        }
        assertEquals(1, tasks.size());
        settle();
        assertEquals("missed", received.getFirst());
        assertEquals("99999", received.getLast());
        int kept = received.size() - 1;
        assertTrue(kept <= EventQueue.MOST_WAITING, kept + " were kept");
        assertEquals(100_000, kept + dropped.count());
    }

    @Test
    void other_work_gets_its_turn() {
        for (int i = 0; i < 1000; i++) {
            tell(Integer.toString(i));
        }
        tasks.removeFirst().run();
        assertTrue(received.size() < 1000, "all at once");
        assertEquals(1, tasks.size());
    }

    @Test
    void what_is_lost_with_a_receiver_that_throws_is_said_to_be_missed() {
        tell("faulty");
        tell("lost");
        assertThrows(IllegalStateException.class, this::settle);
        tell("next");
        settle();
        assertEquals(List.of("faulty", "missed", "next"), received);
    }
}
