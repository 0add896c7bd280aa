package io.sandalphone.harness.bench;

import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Time that goes by when it is told to. Work that is offloaded takes the real time that it takes, in which none of
/// this goes by. Belongs to the thread that makes it.
final class FastLoop implements Loop {
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger working = new AtomicInteger();
    private final PriorityQueue<Later> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Later::due).thenComparingLong(Later::number));
    private long nanos;
    private long numbers;

    private record Later(long due, long number, Runnable task) {}

    void advance(Duration time) {
        nanos += time.toNanos();
        while (!timers.isEmpty() && timers.peek().due <= nanos) {
            tasks.add(timers.remove().task);
        }
        settle();
        while (working.get() > 0) {
            LockSupport.parkNanos(20_000);
            settle();
        }
    }

    private void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
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
        working.incrementAndGet();
        boolean[] cancelled = {false};
        Thread worker =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    Runnable home;
                                    try {
                                        T result = work.call();
                                        home = () -> done.accept(result);
                                    } catch (Throwable failure) {
                                        home = () -> failed.accept(failure);
                                    }
                                    Runnable answer = home;
                                    tasks.add(
                                            () -> {
                                                if (!cancelled[0]) {
                                                    answer.run();
                                                }
                                            });
                                    working.decrementAndGet();
                                });
        return () -> {
            cancelled[0] = true;
            worker.interrupt();
        };
    }

    @Override
    public long epochMillis() {
        return nanos / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
