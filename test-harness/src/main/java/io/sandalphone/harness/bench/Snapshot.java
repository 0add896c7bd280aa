package io.sandalphone.harness.bench;

import io.sandalphone.harness.controller.ControllerProcess;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

    static Snapshot take(ControllerProcess controller, List<Long> beside, GcLog gc)
            throws IOException {
        Counters counters = Counters.of(controller);
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
                counters,
                gc.lines());
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
