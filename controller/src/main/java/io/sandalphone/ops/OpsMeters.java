package io.sandalphone.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What happens at the HTTP interface for operators.
///
/// `watchers` is the number of clients that watch the events just now, which the server keeps.
public record OpsMeters(
        Timer answered,
        Counter eventsSent,
        Counter eventsDropped,
        Counter watchersDropped,
        AtomicInteger watchers,
        ConnectionCounters connections) {
    public static OpsMeters register(MeterRegistry registry) {
        var watchers = new AtomicInteger();
        var events = new MeterGroup(registry, "events");
        var http = new MeterGroup(registry, "http");
        events.gauge(
                "watchers", "clients", "Clients that watch the events just now", watchers::get);
        return new OpsMeters(
                http.timer(
                        "requests",
                        "Requests of operators, from their arrival to their answer",
                        timer ->
                                timer.serviceLevelObjectives(
                                        Duration.ofMillis(10), Duration.ofMillis(100))),
                events.counter(
                        "sent", "events", "Events sent to clients that watch, one per client"),
                events.counter(
                        "dropped",
                        "events",
                        "Events dropped because the operators' loop fell behind; every client that"
                                + " watched was cut off"),
                events.counter(
                        "watchers.dropped",
                        "clients",
                        "Clients cut off because they read slower than calls happen"),
                watchers,
                connections(registry, "operators"));
    }

    /// Of the connections of `listener`.
    static ConnectionCounters connections(MeterRegistry registry, String listener) {
        var http = new MeterGroup(registry, "http");
        var open = new AtomicInteger();
        http.gauge(
                "connections",
                "",
                "Connections to the HTTP listener just now",
                open::get,
                "listener",
                listener);
        return new ConnectionCounters(
                open, closed(http, listener, "timeout"), closed(http, listener, "crowded"));
    }

    private static Counter closed(MeterGroup http, String listener, String reason) {
        return http.counter(
                "connections.closed",
                "",
                "Connections closed because no whole request came in time (timeout), or to make"
                        + " room for others (crowded)",
                "listener",
                listener,
                "reason",
                reason);
    }
}
