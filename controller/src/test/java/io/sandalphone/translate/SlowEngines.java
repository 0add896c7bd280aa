package io.sandalphone.translate;

import io.sandalphone.time.Loop;
import io.sandalphone.time.VirtualLoop;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// A loop in virtual time whose offloaded work takes a while, and different whiles.
final class SlowEngines implements Loop {
    /// Thrown by offloaded work that does these one after another, each after a while, and is called again
    /// when they are done.
    static final class GoesOn extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;
        private final transient List<Runnable> steps;

        GoesOn(List<Runnable> steps) {
            super("goes on");
            this.steps = steps;
        }
    }

    private final VirtualLoop loop;
    private final Random chance;
    private final int slowestMillis;
    private int working;
    private boolean resuming;

    /// On `loop`; each piece of work, or step of one, takes `slowestMillis` at most.
    SlowEngines(VirtualLoop loop, Random chance, int slowestMillis) {
        this.loop = loop;
        this.chance = chance;
        this.slowestMillis = slowestMillis;
    }

    /// How much of what was offloaded is neither done nor cancelled.
    int working() {
        return working;
    }

    /// Whether the work that runs has gone on, and is at its end.
    boolean resuming() {
        return resuming;
    }

    private Duration aWhile() {
        return Duration.ofMillis(1 + chance.nextInt(slowestMillis));
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return loop.schedule(delay, task);
    }

    @Override
    public <T> Timer offload(
            Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        var offloaded = new Offloaded<T>(work, done, failed);
        offloaded.waiting = loop.schedule(aWhile(), offloaded::work);
        return offloaded;
    }

    @Override
    public long epochMillis() {
        return loop.epochMillis();
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    private final class Offloaded<T> implements Timer {
        private final Callable<T> work;
        private final Consumer<? super T> done;
        private final Consumer<? super Throwable> failed;
        private Timer waiting = () -> {};
        private boolean over;

        Offloaded(Callable<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
            this.work = work;
            this.done = done;
            this.failed = failed;
            working++;
        }

        // Whatever the work throws belongs to the one who asked for it.
        @SuppressWarnings("CatchingThrowable")
        void work() {
            try {
                T result = work.call();
                answer(() -> done.accept(result));
            } catch (GoesOn goesOn) {
                step(goesOn.steps);
            } catch (VirtualLoop.NeverEnds e) {
                waiting = () -> {};
            } catch (Throwable failure) {
                answer(() -> failed.accept(failure));
            }
        }

        private void step(List<Runnable> steps) {
            waiting =
                    loop.schedule(
                            aWhile(),
                            () -> {
                                if (steps.isEmpty()) {
                                    resuming = true;
                                    work();
                                    resuming = false;
                                } else {
                                    steps.getFirst().run();
                                    step(steps.subList(1, steps.size()));
                                }
                            });
        }

        private void answer(Runnable answer) {
            loop.execute(
                    () -> {
                        if (!over) {
                            end();
                            answer.run();
                        }
                    });
        }

        private void end() {
            over = true;
            working--;
        }

        @Override
        public void cancel() {
            if (!over) {
                end();
                waiting.cancel();
            }
        }
    }
}
