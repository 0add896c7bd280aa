package io.sandalphone.harness.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What happened when, for those who measure how long messages take from one program to another.
///
/// Times are those of [System#nanoTime], which on Linux is one clock (CLOCK_MONOTONIC) for all
/// processes of a machine. Thread-safe.
public final class Trace {
    /// Keeps nothing.
    public static final Trace NONE = new Trace(false);

    private final boolean keeps;
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();

    /// Something that happened.
    ///
    /// @param what its kind
    /// @param key which call, session or text it belongs to
    /// @param count which of its kind, or how much of it there is so far
    /// @param nanos when
    public record Event(String what, String key, long count, long nanos) {}

    private Trace(boolean keeps) {
        this.keeps = keeps;
    }

    /// One that keeps everything until it is taken.
    public static Trace keeping() {
        return new Trace(true);
    }

    /// It happens now.
    public void note(String what, String key, long count) {
        note(what, key, count, System.nanoTime());
    }

    /// It happened at `nanos`.
    public void note(String what, String key, long count, long nanos) {
        if (keeps) {
            events.add(new Event(what, key, count, nanos));
        }
    }

    /// What was noted since the last time; of each kind and key in the order it happened.
    public List<Event> take() {
        List<Event> taken = new ArrayList<>();
        for (Event next = events.poll(); next != null; next = events.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
