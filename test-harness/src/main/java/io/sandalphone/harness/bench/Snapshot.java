package io.sandalphone.harness.bench;

import io.sandalphone.harness.controller.ControllerProcess;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All that counts up, at one moment: of the controller, of the processes `beside` it, of this one (the
/// harness) and of the machine. Processor times in seconds.
record Snapshot(
        long nanos,
        ProcessUsage controller,
        ThreadUsage threads,
        List<ProcessUsage> beside,
        double harness,
        double machine,
        Counters counters,
        int gcLines) {
    Snapshot {
        beside = List.copyOf(beside);
    }

    /// At the beginning of what is measured: the counters are read before it, since that takes the controller some time.
    static Snapshot first(ControllerProcess controller, List<Long> beside, GcLog gc)
            throws IOException {
        Counters counters = Counters.of(controller);
        return times(controller, beside, gc).with(counters);
    }

    /// At the end of it: they are read behind it.
    static Snapshot last(ControllerProcess controller, List<Long> beside, GcLog gc)
            throws IOException {
        Snapshot times = times(controller, beside, gc);
        return times.with(Counters.of(controller));
    }

    private static Snapshot times(ControllerProcess controller, List<Long> beside, GcLog gc)
            throws IOException {
        List<ProcessUsage> others = new ArrayList<>();
        for (long pid : beside) {
            others.add(ProcessUsage.of(pid));
        }
        return new Snapshot(
                System.nanoTime(),
                ProcessUsage.of(controller.pid()),
                ThreadUsage.of(controller.pid()),
                others,
                ProcessUsage.of(ProcessHandle.current().pid()).seconds(),
                ProcessUsage.ofMachine().seconds(),
                new Counters(Map.of()),
                gc.lines());
    }

    private Snapshot with(Counters counters) {
        return new Snapshot(
                nanos, controller, threads, beside, harness, machine, counters, gcLines);
    }

    /// What those beside it took, the first `skipped` of them left out.
    double besideFrom(int skipped) {
        return beside.stream().skip(skipped).mapToDouble(ProcessUsage::seconds).sum();
    }

    /// What everything took that is no part of the benchmark.
    double others() {
        return machine - controller.seconds() - besideFrom(0) - harness;
    }
}
