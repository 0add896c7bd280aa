package io.sandalphone.speech.resilience;

import io.sandalphone.time.NanoClock;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A [NanoClock] in the shape in which the breaker's library asks for time. Its instants are no dates.
final class MonotonicClock extends Clock {
    private final NanoClock nanos;
    private final long start;

    MonotonicClock(NanoClock nanos) {
        this.nanos = nanos;
        start = nanos.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.nanoTime() - start);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
