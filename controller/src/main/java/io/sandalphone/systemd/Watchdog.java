package io.sandalphone.systemd;

import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.List;

/// Tells systemd that the service is alive, for as long as every loop is: a task goes from each loop to
/// the next, and only when the last has run it systemd is told. A loop that hangs keeps it, and
/// then the service is killed and started anew; whoever talks over Asterisk hears nothing of that.
///
/// Runs on the loops; the first one keeps the time.
public final class Watchdog {
    /// How often systemd is told within the time it waits.
    private static final int ROUNDS = 3;

    private final List<? extends Loop> loops;
    private final ServiceManager manager;
    private final Duration pause;

    /// `loops` are those that calls live on, at least one.
    public Watchdog(List<? extends Loop> loops, ServiceManager manager, Duration expected) {
        if (loops.isEmpty()) {
            throw new IllegalArgumentException("a watchdog without loops sees nothing");
        }
        this.loops = List.copyOf(loops);
        this.manager = manager;
        this.pause = expected.dividedBy(ROUNDS);
    }

    /// Begins with the first round; there is no end, but that of the loops.
    public void start() {
        loops.getFirst().execute(() -> visit(0));
    }

    private void visit(int index) {
        int next = index + 1;
        if (next < loops.size()) {
            loops.get(next).execute(() -> visit(next));
            return;
        }
        manager.alive();
        Loop first = loops.getFirst();
        first.execute(() -> first.schedule(pause, () -> visit(0)));
    }
}
