package io.sandalphone.harness.loop;

import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// A loop whose time is virtual: minutes of a call pass in milliseconds, and the same way each time.
///
/// Work that was offloaded runs on a thread of its own, and in virtual time it takes nothing but what it
/// declares by [#pause]. While it pauses the loop goes on; cancelled meanwhile it is interrupted. The loop waits
/// while it runs, so that only one thing happens at any moment, in an order that does not depend on the machine.
///
/// Everything but [#pause] is called by the thread that calls [#advance], or by offloaded work.
public final class SimulatedLoop implements Loop {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Later::due).thenComparingLong(Later::number));

    /// Given back by the work that runs when it pauses or ends.
    private final Semaphore control = new Semaphore(0);

    private long nanos;
    private long numbers;
    private int offloaded;
    private boolean running;
    private @Nullable Work<?> working;

    private record Later(long due, long number, Runnable task) {}

    @Override
    public boolean inLoop() {
        return running && working == null;
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

    @Override
    public <T> Timer offload(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        var offloaded = new Work<T>(work, done, failed);
        execute(offloaded::begin);
        return offloaded;
    }

    /// The milliseconds that have passed.
    @Override
    public long epochMillis() {
        return nanos / NANOS_PER_MILLI;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    /// Lets `time` pass, and all happen that is due by then.
    public void advance(Duration time) {
        long until = nanos + time.toNanos();
        settle();
        while (!timers.isEmpty() && timers.peek().due <= until) {
            Later next = timers.remove();
            nanos = Math.max(nanos, next.due);
            execute(next.task);
            settle();
        }
        nanos = until;
    }

    /// How many timers are to come, those included by which offloaded work waits.
    public int timers() {
        return timers.size();
    }

    /// How much of what was offloaded has begun and not ended.
    public int offloaded() {
        return offloaded;
    }

    /// Called by offloaded work: so long it waits for something.
    public void pause(Duration time) throws InterruptedException {
        Work<?> work = working;
        if (work == null) {
            throw new IllegalStateException("only offloaded work may wait");
        }
        work.pause(time);
    }

    private void settle() {
        running = true;
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        } finally {
            running = false;
        }
    }

    /// Offloaded work: it and the loop take turns.
    private final class Work<T> implements Timer {
        private final Callable<T> work;
        private final Consumer<? super T> done;
        private final Consumer<? super Throwable> failed;
        private final Semaphore turn = new Semaphore(0);
        private Timer end = () -> {};
        private boolean pausing;
        private boolean cancelled;

        Work(Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
            this.work = work;
            this.done = done;
            this.failed = failed;
        }

        void begin() {
            if (!cancelled) {
                offloaded++;
                handOver(() -> Thread.ofVirtual().name("simulated-offload").start(this::run));
            }
        }

        private void resume() {
            pausing = false;
            handOver(turn::release);
        }

        private void handOver(Runnable start) {
            working = this;
            start.run();
            control.acquireUninterruptibly();
            working = null;
        }

        // Whatever the work throws belongs to the one who asked for it.
        @SuppressWarnings("CatchingThrowable")
        private void run() {
            try {
                T result = work.call();
                home(() -> done.accept(result));
            } catch (Throwable failure) {
                home(() -> failed.accept(failure));
            }
            offloaded--;
            control.release();
        }

        private void home(Runnable answer) {
            execute(
                    () -> {
                        if (!cancelled) {
                            answer.run();
                        }
                    });
        }

        void pause(Duration time) throws InterruptedException {
            interruptible();
            pausing = true;
            end = schedule(time, this::resume);
            control.release();
            turn.acquireUninterruptibly();
            interruptible();
        }

        private void interruptible() throws InterruptedException {
            if (cancelled) {
                throw new InterruptedException("called off in virtual time");
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (pausing) {
                end.cancel();
                pausing = false;
                execute(this::resume);
            }
        }
    }
}
