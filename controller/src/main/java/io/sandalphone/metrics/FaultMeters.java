package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What goes wrong in our own code on the way to interpreting. Each is in the log.
///
/// @param notStarted interpreters that did not start; each is tried again
/// @param faults whatever else was thrown on the loop of a call
public record FaultMeters(Counter notStarted, Counter faults) {
    public static FaultMeters register(MeterRegistry registry) {
        return new FaultMeters(
                Counter.builder("sandalphone.interpreter.not.started")
                        .description(
                                "Times a call could not be interpreted because something of ours"
                                        + " did not start, tried again later")
                        .register(registry),
                Counter.builder("sandalphone.loop.faults")
                        .description("Exceptions and errors on the loops of calls")
                        .register(registry));
    }
}
