package io.sandalphone.speech.worker;

import java.time.Duration;

/// Tells a recognition worker that hangs from one that is slow: a worker at work says something for
/// each piece of sound it decodes. Knows no clock; thread-safe.
final class HangWatch {
    private final long timeoutNanos;
    private boolean ready;
    private long heardOfNanos;

    /// `timeout` is how long a worker may say nothing while an utterance waits for its words.
    HangWatch(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /// The worker has loaded its model. Before, it may take the time that the machine needs for it.
    synchronized void ready() {
        ready = true;
    }

    /// The worker said something.
    synchronized void heardOf(long nowNanos) {
        heardOfNanos = nowNanos;
    }

    /// The worker is gone; the next one has yet to load its model.
    synchronized void gone() {
        ready = false;
    }

    synchronized boolean isReady() {
        return ready;
    }

    /// Whether the worker hangs, when an utterance has been waiting for its words since then.
    synchronized boolean hangs(long waitsSinceNanos, long nowNanos) {
        return ready
                && nowNanos - heardOfNanos > timeoutNanos
                && nowNanos - waitsSinceNanos > timeoutNanos;
    }
}
