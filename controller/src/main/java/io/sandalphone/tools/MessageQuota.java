package io.sandalphone.tools;

import java.util.concurrent.atomic.AtomicInteger;

/// How many messages may be taken in one call: five. Thread-safe.
public final class MessageQuota {
    static final int MOST = 5;

    private final AtomicInteger taken = new AtomicInteger();

    /// Whether one more may be, which then is.
    boolean take() {
        return taken.getAndUpdate(before -> Math.min(before + 1, MOST)) < MOST;
    }
}
