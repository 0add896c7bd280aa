package io.sandalphone.media.rtp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.util.function.Function;

/// Meters of one test, and what they counted.
final class Counts {
    final RtpMeters meters = RtpMeters.register(new SimpleMeterRegistry());

    long of(Function<RtpMeters, Counter> meter) {
        return (long) meter.apply(meters).count();
    }
}
