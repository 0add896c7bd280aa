package io.sandalphone.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.util.function.DoubleSupplier;

/// Whether the loops that calls live on do in time what is due.
public final class LoopMeters {
    private final MeterGroup group;
    private final Timer lateness;

    private LoopMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "loop");
        lateness =
                group.timer(
                        "lateness",
                        "How late a loop of calls did what was due, asked of each twice a second");
    }

    public static LoopMeters register(MeterRegistry registry) {
        return new LoopMeters(registry);
    }

    /// For how long a loop has not done what is due, in seconds; asked whenever somebody looks.
    public void overdue(DoubleSupplier seconds) {
        group.gauge(
                "overdue",
                "seconds",
                "For how long a loop of calls has not done what is due, just now; the worst of"
                        + " them",
                seconds::getAsDouble);
    }

    Timer lateness() {
        return lateness;
    }
}
