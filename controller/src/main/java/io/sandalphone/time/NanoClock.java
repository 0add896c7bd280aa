package io.sandalphone.time;

/// Monotonic time in nanoseconds. Only differences mean anything.
@FunctionalInterface
public interface NanoClock {
    long nanoTime();

    /// The machine's monotonic clock.
    static NanoClock system() {
        return System::nanoTime;
    }
}
