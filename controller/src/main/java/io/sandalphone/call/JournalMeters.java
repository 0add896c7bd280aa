package io.sandalphone.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What is kept of live calls for the gateway after this one.
public record JournalMeters(Counter written, Counter failed) {
    public static JournalMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "journal");
        return new JournalMeters(
                group.counter("written", "", "Times the records of live calls were written down"),
                group.counter(
                        "failed",
                        "",
                        "Times they could not be, or those of the gateway before could not be"
                                + " read"));
    }
}
