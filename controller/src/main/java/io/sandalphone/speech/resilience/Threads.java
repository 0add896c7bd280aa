package io.sandalphone.speech.resilience;

import io.sandalphone.time.NanoClock;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// What it takes to let others work and to wait for them: a clock, threads, and patience. Thread-safe.
interface Threads extends NanoClock {
    /// The machine's: its clock, and virtual threads.
    static Threads real() {
        ThreadFactory threads = Thread.ofVirtual().name("attempt-", 0).factory();
        return new Threads() {
            @Override
            public Thread start(Runnable work) {
                Thread thread = threads.newThread(work);
                thread.start();
                return thread;
            }

            @Override
            public <T> @Nullable T poll(BlockingQueue<T> queue, Duration longest)
                    throws InterruptedException {
                return queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }

    /// Runs `work`, which may block, on a thread of its own.
    Thread start(Runnable work);

    /// Waits for what comes into `queue`, for `longest`; null when nothing came.
    <T> @Nullable T poll(BlockingQueue<T> queue, Duration longest) throws InterruptedException;
}
