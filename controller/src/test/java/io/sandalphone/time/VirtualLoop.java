package io.sandalphone.time;

import org.jspecify.annotations.Nullable;

import java.io.Serial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A loop whose time passes when a test says so. Offloaded work runs on the loop too, in its turn.
public final class VirtualLoop implements Loop {
    /// Thrown by offloaded work that is to look as if it never ended.
    public static final class NeverEnds extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;
    }

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Later> timers = new ArrayList<>();
    private long nanos;
    private long wallMillis = 1_000_000_000_000L;
    private boolean running;

    private final class Later implements Timer {
        final long due;
        final Runnable task;

        Later(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        @Override
        public void cancel() {
            timers.remove(this);
        }
    }

    @Override
    public boolean inLoop() {
        return running;
    }

    @Override
    public void execute(Runnable task) {
        tasks.addLast(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var later = new Later(nanos + delay.toNanos(), task);
        timers.add(later);
        return later;
    }

    // Whatever the work throws belongs to the one who asked for it.
    @SuppressWarnings("CatchingThrowable")
    @Override
    public <T> Timer offload(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        var cancelled = new boolean[1];
        execute(
                () -> {
                    if (cancelled[0]) {
                        return;
                    }
                    try {
                        T result = work.call();
                        // Home like everything else: after what the work itself sent home.
                        execute(() -> answer(cancelled, () -> done.accept(result)));
                    } catch (NeverEnds e) {
                        cancelled[0] = true;
                    } catch (Throwable failure) {
                        execute(() -> answer(cancelled, () -> failed.accept(failure)));
                    }
                });
        return () -> cancelled[0] = true;
    }

    private static void answer(boolean[] cancelled, Runnable answer) {
        if (!cancelled[0]) {
            answer.run();
        }
    }

    @Override
    public long epochMillis() {
        return wallMillis + nanos / 1_000_000;
    }

    /// Sets the wall clock, as NTP or an operator does; the monotonic one goes on.
    public void stepWallClock(Duration by) {
        wallMillis += by.toMillis();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    /// Runs all that is waiting now.
    public void settle() {
        running = true;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        running = false;
    }

    /// How many tasks wait for their time.
    public int timers() {
        return timers.size();
    }

    /// Lets time pass, running what falls due in order.
    public void advance(Duration time) {
        long until = nanos + time.toNanos();
        settle();
        for (Later next = next(until); next != null; next = next(until)) {
            timers.remove(next);
            nanos = Math.max(nanos, next.due);
            next.task.run();
            settle();
        }
        nanos = Math.max(nanos, until);
    }

    /// Time passes within a task, which the loop can do nothing about.
    public void stall(Duration time) {
        nanos += time.toNanos();
    }

    private @Nullable Later next(long until) {
        return timers.stream()
                .filter(timer -> timer.due <= until)
                .min(Comparator.comparingLong(timer -> timer.due))
                .orElse(null);
    }
}
