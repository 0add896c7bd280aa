package io.sandalphone.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// What happens at the listener that the world reaches.
public final class PublicMeters {
    private final MeterGroup group;
    private final ConnectionCounters connections;

    private PublicMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "http");
        connections = OpsMeters.connections(registry, "public");
    }

    public static PublicMeters register(MeterRegistry registry) {
        return new PublicMeters(registry);
    }

    /// When the certificate ends that is served, asked whenever somebody looks.
    public void certificateEnd(Supplier<Optional<Instant>> end) {
        group.gauge(
                "certificate.end",
                "seconds",
                "When the public listener's certificate ends, in seconds since 1970",
                () ->
                        end.get()
                                .map(Instant::getEpochSecond)
                                .map(Double::valueOf)
                                .orElse(Double.NaN));
    }

    ConnectionCounters connections() {
        return connections;
    }
}
