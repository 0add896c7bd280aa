package io.sandalphone.speech;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Connections to one service that are opened before anybody asks it for anything, where its last answer is so long ago
/// that the earlier ones are closed. Thread-safe.
public final class AheadConnection {
    /// A request that opens a connection and costs nothing. Blocks; what comes of it does not matter, the next request tells.
    @FunctionalInterface
    public interface Opening {
        void open() throws InterruptedException;
    }

    private final long keptNanos;
    private final Opening opening;
    private final LongSupplier clock;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean everUsed;
    private volatile long used;

    /// Connections that nobody uses are kept for `kept`.
    public AheadConnection(Duration kept, Opening opening) {
        this(kept, opening, System::nanoTime);
    }

    /// The same, whose time `clock` tells in nanoseconds.
    AheadConnection(Duration kept, Opening opening, LongSupplier clock) {
        keptNanos = kept.toNanos();
        this.opening = opening;
        this.clock = clock;
    }

    /// The service has just answered.
    public void used() {
        used = clock.getAsLong();
        everUsed = true;
    }

    /// Opens one on a thread of its own, unless there must be one. Returns at once.
    public void prepare() {
        boolean there = everUsed && clock.getAsLong() - used < keptNanos;
        if (!there && underWay.compareAndSet(false, true)) {
            Thread.ofVirtual().name("connection-ahead").start(this::open);
        }
    }

    private void open() {
        try {
            opening.open();
            used();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.set(false);
        }
    }
}
