package io.sandalphone.time;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// A [Loop] on a Vert.x event-loop context.
///
/// Work that may block runs on virtual threads, one for each piece of work; how many there are is
/// bounded by what the callers keep waiting for.
public final class VertxLoop implements Loop {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final ContextInternal context;
    private final ThreadFactory workers = Thread.ofVirtual().name("offload-", 0).factory();

    /// `context` must be an event-loop context of `vertx`.
    public VertxLoop(Vertx vertx, Context context) {
        if (!context.isEventLoopContext()) {
            throw new IllegalArgumentException("not an event-loop context: " + context);
        }
        this.vertx = vertx;
        this.context = (ContextInternal) context;
    }

    /// The Vert.x context this loop is.
    public Context context() {
        return context;
    }

    @Override
    public boolean inLoop() {
        // What comes over a connection has a context of its own, on the same loop.
        return Vertx.currentContext() instanceof ContextInternal current
                && current.unwrap().equals(context.unwrap());
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var timer = new OneShot(task);
        // Behind what the loop has still to do its time would begin too late.
        if (inLoop()) {
            timer.start(delay);
        } else {
            execute(() -> timer.start(delay));
        }
        return timer;
    }

    @Override
    public <T> Timer offload(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        var offloaded = new Offloaded<T>(done, failed);
        Thread thread = workers.newThread(() -> offloaded.run(work));
        offloaded.thread = thread;
        thread.start();
        return offloaded;
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /// A timer that belongs to the loop: set, run and cancelled there.
    private final class OneShot implements Timer {
        private final Runnable task;
        private boolean cancelled;
        private long id = -1;

        OneShot(Runnable task) {
            this.task = task;
        }

        void start(Duration delay) {
            if (cancelled) {
                return;
            }
            // Vert.x counts milliseconds, at least one; it is never early.
            id =
                    vertx.setTimer(
                            Math.max(1, Math.ceilDiv(delay.toNanos(), NANOS_PER_MILLI)),
                            _ -> {
                                if (!cancelled) {
                                    cancelled = true;
                                    task.run();
                                }
                            });
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (id >= 0) {
                vertx.cancelTimer(id);
            }
        }
    }

    private final class Offloaded<T> implements Timer {
        private final Consumer<? super T> done;
        private final Consumer<? super Throwable> failed;
        // Both belong to the loop once the work has started.
        private volatile Thread thread = Thread.currentThread();
        private boolean cancelled;

        Offloaded(Consumer<? super T> done, Consumer<? super Throwable> failed) {
            this.done = done;
            this.failed = failed;
        }

        // Whatever the work throws belongs to the one who asked for it.
        @SuppressWarnings("CatchingThrowable")
        void run(Callable<T> work) {
            try {
                T result = work.call();
                home(() -> done.accept(result));
            } catch (Throwable failure) {
                home(() -> failed.accept(failure));
            }
        }

        private void home(Runnable answer) {
            execute(
                    () -> {
                        if (!cancelled) {
                            answer.run();
                        }
                    });
        }

        @Override
        public void cancel() {
            cancelled = true;
            thread.interrupt();
        }
    }
}
