package io.sandalphone.ops;

import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.List;

/// Measures how late the loops of calls are: what is due on a loop is set twice a second. Who looks while a loop hangs sees for how
/// long it has, and afterwards how long that was.
///
/// [#overdue] may be asked from any thread; the rest runs on the loops.
public final class LoopProbe {
    static final Duration PERIOD = Duration.ofMillis(500);

    private final List<Due> loops;
    private final LoopMeters meters;

    private LoopProbe(List<? extends Loop> loops, LoopMeters meters) {
        this.meters = meters;
        this.loops = loops.stream().map(Due::new).toList();
    }

    /// Begins; there is no end, but that of the loops.
    public static LoopProbe start(List<? extends Loop> loops, LoopMeters meters) {
        var probe = new LoopProbe(loops, meters);
        meters.overdue(probe::overdue);
        probe.loops.forEach(each -> each.loop.execute(each::next));
        return probe;
    }

    /// For how long the one has not done what is due that hangs for longest, in seconds.
    double overdue() {
        return loops.stream().mapToLong(Due::overdueNanos).max().orElse(0) / 1e9;
    }

    /// What is due next on one loop.
    private final class Due {
        private final Loop loop;
        private volatile long dueNanos;

        Due(Loop loop) {
            this.loop = loop;
            dueNanos = loop.nanoTime();
        }

        void next() {
            dueNanos = loop.nanoTime() + PERIOD.toNanos();
            loop.schedule(PERIOD, this::happened);
        }

        private void happened() {
            meters.lateness().record(Duration.ofNanos(overdueNanos()));
            next();
        }

        long overdueNanos() {
            return Math.max(0, loop.nanoTime() - dueNanos);
        }
    }
}
