package io.sandalphone.ops;

import io.micrometer.core.instrument.Counter;
import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallObserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/// Brings what happens to calls from their loops to the operators' loop, in order, with one task at a
/// time there.
///
/// At most [#MOST_WAITING] events wait. When the operators' loop falls behind further, all that waits
/// is dropped and counted, and the receiver learns of it before it gets the next event. Thread-safe.
final class EventQueue implements CallObserver {
    /// About ten seconds of a hundred calls in which everybody talks.
    static final int MOST_WAITING = 4096;

    // Events handed over before the loop's other work gets its turn.
    private static final int BATCH = 128;

    /// Gets the events, on the operators' loop.
    interface Receiver {
        /// Whether anybody wants them. Any thread may ask.
        boolean isWatched();

        void publish(CallEvent event);

        /// Events were dropped: who watches has missed some.
        void missed();
    }

    private final Executor loop;
    private final Receiver receiver;
    private final Counter dropped;
    private final Deque<CallEvent> waiting = new ArrayDeque<>();
    private boolean missed;
    private boolean scheduled;

    EventQueue(Executor loop, Receiver receiver, Counter dropped) {
        this.loop = loop;
        this.receiver = receiver;
        this.dropped = dropped;
    }

    @Override
    public void on(CallEvent event) {
        // What nobody watches costs the calls nothing.
        if (receiver.isWatched() && add(event)) {
            loop.execute(this::handOver);
        }
    }

    /// True when a task is needed to hand it over.
    private synchronized boolean add(CallEvent event) {
        if (waiting.size() >= MOST_WAITING) {
            dropped.increment(waiting.size());
            waiting.clear();
            missed = true;
        }
        waiting.addLast(event);
        boolean first = !scheduled;
        scheduled = true;
        return first;
    }

    private record Batch(boolean missed, List<CallEvent> events) {}

    private void handOver() {
        Batch batch = take();
        try {
            if (batch.missed()) {
                receiver.missed();
            }
            batch.events().forEach(receiver::publish);
        } catch (RuntimeException fault) {
            // The rest of the batch is lost to whoever watches.
            miss();
            throw fault;
        } finally {
            if (more()) {
                loop.execute(this::handOver);
            }
        }
    }

    private synchronized Batch take() {
        var batch = new Batch(missed, waiting.stream().limit(BATCH).toList());
        batch.events().forEach(_ -> waiting.removeFirst());
        missed = false;
        return batch;
    }

    private synchronized void miss() {
        missed = true;
    }

    private synchronized boolean more() {
        scheduled = !waiting.isEmpty() || missed;
        return scheduled;
    }
}
