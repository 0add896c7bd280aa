package io.sandalphone.harness.sentences;

import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A loop whose time passes when a test says so. What may wait runs on it too, and is never called off:
/// its answer is.
final class SteppedLoop implements Loop {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Later::due).thenComparingLong(Later::number));
    private long nanos;
    private long numbers;

    private record Later(long due, long number, Runnable task) {}

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.addLast(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var later = new Later(nanos + delay.toNanos(), numbers++, task);
        timers.add(later);
        return () -> timers.remove(later);
    }

    // Whatever the work throws belongs to the one who asked for it.
    @SuppressWarnings("CatchingThrowable")
    @Override
    public <T> Timer offload(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        var cancelled = new boolean[1];
        execute(
                () -> {
                    Runnable answer;
                    try {
                        T result = work.call();
                        answer = () -> done.accept(result);
                    } catch (Throwable failure) {
                        answer = () -> failed.accept(failure);
                    }
                    Runnable home = answer;
                    execute(
                            () -> {
                                if (!cancelled[0]) {
                                    home.run();
                                }
                            });
                });
        return () -> cancelled[0] = true;
    }

    @Override
    public long epochMillis() {
        return nanos / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    /// Lets `time` pass, and all happen that is due by then.
    void advance(Duration time) {
        long until = nanos + time.toNanos();
        settle();
        while (!timers.isEmpty() && timers.peek().due <= until) {
            Later next = timers.remove();
            nanos = Math.max(nanos, next.due);
            next.task.run();
            settle();
        }
        nanos = until;
    }

    private void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
