package io.sandalphone.time;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// The one thread that owns a call. All that is real-time about a call happens here, so its fields
/// need no locks.
///
/// Thread-safe. Tasks run in the order in which they were given, and never inside the call that gave
/// them.
public interface Loop extends NanoClock {
    /// Whether the caller runs on this loop.
    boolean inLoop();

    /// Runs `task` on the loop, soon.
    void execute(Runnable task);

    /// Runs `task` on the loop after `delay`, unless it is cancelled first.
    Timer schedule(Duration delay, Runnable task);

    /// Runs `work`, which may block, on a virtual thread, and brings its result or its failure home
    /// to the loop. Cancelling interrupts the work; then neither is called.
    <T> Timer offload(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed);

    /// Wall-clock time in milliseconds since the epoch, for people and records, never for arithmetic
    /// inside a call.
    long epochMillis();

    /// Something that was put off and can be called off.
    @FunctionalInterface
    interface Timer {
        /// Calls it off. Does nothing when it already happened. Called on the loop.
        void cancel();
    }
}
