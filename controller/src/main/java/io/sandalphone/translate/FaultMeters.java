package io.sandalphone.translate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What goes wrong in our own code on the way to interpreting. Each is in the log.
///
/// @param notStarted interpreters that did not start; each is tried again
/// @param faults whatever else was thrown on the loop of a call
public record FaultMeters(Counter notStarted, Counter faults) {
    public static FaultMeters register(MeterRegistry registry) {
        return new FaultMeters(
                new MeterGroup(registry, "interpreter")
                        .counter(
                                "start.failed",
                                "",
                                "Times a call could not be interpreted because something of ours"
                                        + " did not start, tried again later"),
                new MeterGroup(registry, "loop")
                        .counter("faults", "", "Exceptions and errors on the loops of calls"));
    }
}
