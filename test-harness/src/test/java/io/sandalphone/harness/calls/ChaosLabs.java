package io.sandalphone.harness.calls;

import io.sandalphone.harness.lab.AsteriskHost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/// Several labs side by side, each with an Asterisk of its own: a fault takes seconds, in which the
/// machine has next to nothing to do.
final class ChaosLabs implements AutoCloseable {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final BlockingQueue<ChaosLab> idle = new LinkedBlockingQueue<>();
    private final ExecutorService strikers;

    /// Opens `count` labs, one of them on `host`.
    static ChaosLabs open(AsteriskHost host, int count) {
        var labs = new ChaosLabs(count);
        try {
            labs.open(host);
            for (int i = 1; i < count; i++) {
                var another = AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999));
                labs.opened.add(another);
                labs.open(another);
            }
        } catch (RuntimeException | AssertionError e) {
            labs.close();
            throw e;
        }
        return labs;
    }

    private ChaosLabs(int count) {
        strikers = Executors.newFixedThreadPool(count);
    }

    private void open(AsteriskHost host) {
        var lab = new ChaosLab(host);
        opened.add(lab);
        idle.add(lab);
    }

    /// Lets all faults strike, each in the next lab that is free. What came of each is known later.
    Map<Chaos, Future<Map<FaultTiming, Outcome>>> strike(List<Chaos> all) {
        Map<Chaos, Future<Map<FaultTiming, Outcome>>> matrix = new LinkedHashMap<>();
        all.forEach(chaos -> matrix.put(chaos, strikers.submit(() -> strike(chaos))));
        return matrix;
    }

    private Map<FaultTiming, Outcome> strike(Chaos chaos) throws Exception {
        ChaosLab lab = idle.take();
        try {
            return lab.strike(chaos);
        } finally {
            idle.add(lab);
        }
    }

    /// Ends all calls, and checks that nothing of any is left. To be called when all faults are over.
    void nothingIsLeft() throws InterruptedException {
        for (ChaosLab lab : idle) {
            lab.nothingIsLeft();
        }
    }

    @Override
    public void close() {
        strikers.shutdownNow();
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
