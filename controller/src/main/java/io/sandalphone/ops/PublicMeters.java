package io.sandalphone.ops;

import io.micrometer.core.instrument.MeterRegistry;

/// What happens at the listener that the world reaches.
public record PublicMeters(ConnectionCounters connections) {
    public static PublicMeters register(MeterRegistry registry) {
        return new PublicMeters(OpsMeters.connections(registry, "public"));
    }
}
