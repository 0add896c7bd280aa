package io.sandalphone.harness.bench;

import io.sandalphone.harness.fakes.Trace.Event;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long messages took between the clients' edge and the fakes', found by laying what both noted
/// side by side. Only what began in the measured time counts; what began then and never arrived is
/// counted, too.
record OwnTimes(Distribution times, long missing) {
    /// What identifies a message on both sides.
    private record Message(String key, long count) {}

    /// From each event `begun` to the event `arrived` of the same key and count.
    static OwnTimes ofMessages(
            List<Event> from, String begun, List<Event> to, String arrived, long start, long end) {
        Map<Message, Long> arrivals = new HashMap<>();
        for (Event event : to) {
            if (event.what().equals(arrived)) {
                arrivals.put(new Message(event.key(), event.count()), event.nanos());
            }
        }
        var found = new Found(start, end);
        for (Event event : from) {
            if (event.what().equals(begun)) {
                Long arrival = arrivals.get(new Message(event.key(), event.count()));
                found.add(event.nanos(), arrival);
            }
        }
        return found.times();
    }

    /// From the last event `begun` of the same key to each event `arrived`. For messages that make
    /// none or one of what comes out.
    static OwnTimes sinceTheLast(
            List<Event> from, String begun, List<Event> to, String arrived, long start, long end) {
        Map<String, Deque<Event>> beginnings = byKey(from, begun);
        Map<String, Long> last = new HashMap<>();
        var found = new Found(start, end);
        for (Event event : to) {
            if (!event.what().equals(arrived)) {
                continue;
            }
            Deque<Event> waiting = beginnings.getOrDefault(event.key(), new ArrayDeque<>());
            for (Event next = waiting.peek();
                    next != null && next.nanos() <= event.nanos();
                    next = waiting.peek()) {
                last.put(event.key(), waiting.remove().nanos());
            }
            Long beginning = last.get(event.key());
            if (beginning != null) {
                found.add(beginning, event.nanos());
            }
        }
        return found.times();
    }

    /// From the event `begun` that completes as much as an event `arrived` of the same key holds, to
    /// that. For streams that are cut differently on both sides; counts are how much there is so far.
    static OwnTimes ofStreams(
            List<Event> from, String begun, List<Event> to, String arrived, long start, long end) {
        Map<String, Deque<Event>> beginnings = byKey(from, begun);
        var found = new Found(start, end);
        for (Event event : to) {
            if (!event.what().equals(arrived)) {
                continue;
            }
            Deque<Event> sent = beginnings.getOrDefault(event.key(), new ArrayDeque<>());
            while (!sent.isEmpty() && sent.getFirst().count() < event.count()) {
                sent.remove();
            }
            if (!sent.isEmpty()) {
                found.add(sent.getFirst().nanos(), event.nanos());
            }
        }
        return found.times();
    }

    private static Map<String, Deque<Event>> byKey(List<Event> events, String what) {
        Map<String, Deque<Event>> byKey = new HashMap<>();
        for (Event event : events) {
            if (event.what().equals(what)) {
                byKey.computeIfAbsent(event.key(), _ -> new ArrayDeque<>()).add(event);
            }
        }
        return byKey;
    }

    /// The times found so far.
    private static final class Found {
        private final long start;
        private final long end;
        private final List<Long> nanos = new ArrayList<>();
        private long missing;

        Found(long start, long end) {
            this.start = start;
            this.end = end;
        }

        void add(long begun, @Nullable Long arrived) {
            if (begun < start || begun > end) {
                return;
            }
            if (arrived == null) {
                missing++;
            } else {
                nanos.add(arrived - begun);
            }
        }

        OwnTimes times() {
            long[] all = nanos.stream().mapToLong(Long::longValue).toArray();
            return new OwnTimes(Distribution.ofNanos(all), missing);
        }
    }
}
