package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What happens at the HTTP interface for operators.
///
/// `watchers` is the number of clients that watch the events just now; the server keeps it.
public record OpsMeters(
        Timer answered,
        Counter refused,
        Counter eventsSent,
        Counter watchersDropped,
        AtomicInteger watchers) {
    public static OpsMeters register(MeterRegistry registry) {
        AtomicInteger watchers = new AtomicInteger();
        Gauge.builder("sandalphone.events.watchers", watchers, AtomicInteger::get)
                .description("Clients that watch the events just now")
                .baseUnit("clients")
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
                watchers);
    }
}
