package io.sandalphone.harness.ari;

import java.util.concurrent.atomic.AtomicInteger;

/// Something that is to go wrong with a request. Thread-safe.
public final class ArmedFault {
    private final AtomicInteger fired = new AtomicInteger();

    /// How many requests it has happened to.
    public int fired() {
        return fired.get();
    }

    void fire() {
        fired.incrementAndGet();
    }
}
