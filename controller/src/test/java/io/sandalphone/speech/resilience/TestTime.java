package io.sandalphone.speech.resilience;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes when everybody waits for it: threads are real, the clock is not. Waiting comes to
/// its end once every thread that was started has ended or hangs.
final class TestTime implements Threads {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /// What a provider does that never answers; only an interrupt ends it.
    void hang() throws InterruptedException {
        hanging.incrementAndGet();
        try {
            new CountDownLatch(1).await();
        } finally {
            hanging.decrementAndGet();
        }
    }

    /// What a provider does that does not heed interrupts.
    void hangUntil(CountDownLatch release) {
        hanging.incrementAndGet();
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException _) {
                // That is the point.
            }
        }
        hanging.decrementAndGet();
    }

    /// Waits until every thread that was started has ended.
    void gone() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public Thread start(Runnable work) {
        alive.incrementAndGet();
        Thread thread =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        alive.decrementAndGet();
                                    }
                                });
        threads.add(thread);
        thread.start();
        return thread;
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, Duration longest)
            throws InterruptedException {
        while (true) {
            boolean everybodyWaits = alive.get() == hanging.get();
            T item = queue.poll(1, TimeUnit.MILLISECONDS);
            if (item != null) {
                return item;
            }
            if (everybodyWaits) {
                pass(longest.isNegative() ? Duration.ZERO : longest);
                return null;
            }
        }
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }
}
