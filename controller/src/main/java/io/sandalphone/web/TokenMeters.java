package io.sandalphone.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What happens where the operator's token is asked for, at whichever listener.
public record TokenMeters(Counter refused) {
    public static TokenMeters register(MeterRegistry registry) {
        return new TokenMeters(
                new MeterGroup(registry, "http")
                        .counter(
                                "unauthorized",
                                "requests",
                                "Requests refused without the right token, and clients that came"
                                        + " with a wrong one"));
    }
}
