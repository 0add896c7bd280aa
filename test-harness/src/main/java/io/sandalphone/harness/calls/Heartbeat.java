package io.sandalphone.harness.calls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Notices when this machine is too busy to run anything: a thread that wants to run every 5 ms and
/// writes down when it could. Gaps in what phones hear are excused by nothing else.
public final class Heartbeat implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(5);

    private final List<Long> beats = new ArrayList<>();
    private volatile boolean closed;

    public Heartbeat() {
        Thread.ofPlatform().name("heartbeat").daemon().start(this::beat);
    }

    private void beat() {
        while (!closed) {
            synchronized (beats) {
                beats.add(System.nanoTime());
            }
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    /// The longest time between the two moments in which the thread could not run.
    public Duration longestStall(long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        synchronized (beats) {
            for (long beat : beats) {
                if (beat > fromNanos && beat <= toNanos) {
                    longest = Math.max(longest, beat - last);
                    last = beat;
                }
            }
        }
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() {
        closed = true;
    }
}
