package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What happens at the HTTP interface for operators.
///
/// `watchers` is the number of clients that watch the events just now, `connections` of those that are
/// connected; the server keeps both.
public record OpsMeters(
        Timer answered,
        Counter refused,
        Counter eventsSent,
        Counter watchersDropped,
        AtomicInteger watchers,
        AtomicInteger connections,
        Counter connectionsTimedOut,
        Counter connectionsCrowdedOut) {
    public static OpsMeters register(MeterRegistry registry) {
        AtomicInteger watchers = new AtomicInteger();
        Gauge.builder("sandalphone.events.watchers", watchers, AtomicInteger::get)
                .description("Clients that watch the events just now")
                .baseUnit("clients")
                .register(registry);
        AtomicInteger connections = new AtomicInteger();
        Gauge.builder("sandalphone.http.connections", connections, AtomicInteger::get)
                .description("Connections to the HTTP interface just now")
                .baseUnit("connections")
                .register(registry);
        return new OpsMeters(
                Timer.builder("sandalphone.http.requests")
                        .description("Requests of operators, from their arrival to their answer")
                        .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(100))
                        .register(registry),
                Counter.builder("sandalphone.http.unauthorized")
                        .description("Requests refused without the right token")
                        .baseUnit("requests")
                        .register(registry),
                Counter.builder("sandalphone.events.sent")
                        .description("Events sent to clients that watch, one per client")
                        .baseUnit("events")
                        .register(registry),
                Counter.builder("sandalphone.events.watchers.dropped")
                        .description("Clients cut off because they read slower than calls happen")
                        .baseUnit("clients")
                        .register(registry),
                watchers,
                connections,
                closed(registry, "timeout"),
                closed(registry, "crowded"));
    }

    private static Counter closed(MeterRegistry registry, String reason) {
        return Counter.builder("sandalphone.http.connections.closed")
                .description(
                        "Connections closed by the HTTP interface because no whole request came in"
                                + " time (timeout), or to make room for others (crowded)")
                .baseUnit("connections")
                .tag("reason", reason)
                .register(registry);
    }
}
