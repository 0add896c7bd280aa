package io.sandalphone.harness.bench;

import io.sandalphone.harness.fakes.Trace;

import java.util.List;
import java.util.Map;

/// What the clients' process says of one phase.
///
/// @param startNanos when measuring began, and `endNanos` when it ended
/// @param cpuSeconds processor time of the whole process meanwhile
/// @param threadSeconds the same by what its threads are for
/// @param otherCpuSeconds what took processor time meanwhile and is neither this process nor the fakes
/// @param failures how often what failed
/// @param events what happened at the clients' edges, before, meanwhile and after
record PhaseReport(
        Phase phase,
        long startNanos,
        long endNanos,
        double cpuSeconds,
        Map<String, Double> threadSeconds,
        double otherCpuSeconds,
        Map<String, Long> failures,
        List<Trace.Event> events) {
    PhaseReport {
        threadSeconds = Map.copyOf(threadSeconds);
        failures = Map.copyOf(failures);
        events = List.copyOf(events);
    }

    double seconds() {
        return (endNanos - startNanos) / 1e9;
    }
}
