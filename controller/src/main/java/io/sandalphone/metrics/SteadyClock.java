package io.sandalphone.metrics;

import io.micrometer.core.instrument.Clock;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A clock for meters whose time of day follows the monotonic clock from where the wall clock stood in
/// the beginning. Micrometer rotates its maxima and percentiles by time of day: by the machine's own,
/// a step back would freeze them until that time comes again.
record SteadyClock(long startMillis, long startNanos, LongSupplier nanos) implements Clock {
    static SteadyClock start() {
        return new SteadyClock(System.currentTimeMillis(), System.nanoTime(), System::nanoTime);
    }

    @Override
    public long wallTime() {
        return startMillis + Duration.ofNanos(monotonicTime() - startNanos).toMillis();
    }

    @Override
    public long monotonicTime() {
        return nanos.getAsLong();
    }
}
