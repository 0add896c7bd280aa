package io.sandalphone.transport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One subscriber of a call's sound, what waits for it, and the virtual thread on which it hears. Thread-safe.
final class AudioSubscription implements Flow.Subscription {
    /// How long a subscriber that asks for nothing is waited for when the call has ended; what waits is dropped then.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(AudioSubscription.class);

    private final Flow.Subscriber<? super byte[]> subscriber;
    private final int mostFrames;
    private final LongAdder dropped;
    private final Consumer<AudioSubscription> done;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long asked;
    private boolean cancelled;
    private boolean over;
    private @Nullable Throwable why;

    /// @param done runs when there is nothing more to tell
    AudioSubscription(
            Flow.Subscriber<? super byte[]> subscriber,
            int mostFrames,
            LongAdder dropped,
            Consumer<AudioSubscription> done) {
        this.subscriber = subscriber;
        this.mostFrames = mostFrames;
        this.dropped = dropped;
        this.done = done;
    }

    /// Begins to tell the subscriber.
    void start() {
        Thread.ofVirtual()
                .name("call-sound")
                .start(
                        () -> {
                            try {
                                tell();
                            } finally {
                                cancel();
                            }
                        });
    }

    // A subscriber that throws broke its own contract (Flow.Subscriber), and hears no more.
    @SuppressWarnings("CatchingThrowable")
    private void tell() {
        try {
            subscriber.onSubscribe(this);
            for (byte[] pcm = next(); pcm != null; pcm = next()) {
                subscriber.onNext(pcm);
            }
            tellEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            log.atError().setCause(fault).log("a subscriber of a call's sound threw");
        }
    }

    /// The next 20 ms that were asked for, waited for; null when there is no more.
    private byte @Nullable [] next() throws InterruptedException {
        lock.lock();
        try {
            long patience = PATIENCE.toNanos();
            while (!cancelled && !(over && waiting.isEmpty())) {
                if (asked > 0 && !waiting.isEmpty()) {
                    asked -= asked == Long.MAX_VALUE ? 0 : 1;
                    return waiting.pollFirst();
                }
                if (!over) {
                    changed.await();
                } else if (patience > 0) {
                    patience = changed.awaitNanos(patience);
                } else {
                    dropped.add(waiting.size());
                    waiting.clear();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void tellEnd() {
        Throwable failure;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            failure = why;
        } finally {
            lock.unlock();
        }
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    /// The next 20 ms.
    void offer(byte[] pcm) {
        change(
                () -> {
                    if (cancelled || over) {
                        return;
                    }
                    if (waiting.size() == mostFrames) {
                        waiting.removeFirst();
                        dropped.increment();
                    }
                    waiting.addLast(pcm);
                });
    }

    /// No more comes, for `why` or because all is said.
    void end(@Nullable Throwable why) {
        change(
                () -> {
                    if (!over) {
                        over = true;
                        this.why = why;
                    }
                });
    }

    /// Asking for less than one is a mistake of the subscriber's, told by `onError` (Reactive Streams, 3.9).
    @Override
    public void request(long count) {
        change(
                () -> {
                    if (count < 1) {
                        over = true;
                        why = new IllegalArgumentException("asked for " + count);
                        waiting.clear();
                    } else {
                        asked = asked > Long.MAX_VALUE - count ? Long.MAX_VALUE : asked + count;
                    }
                });
    }

    @Override
    public void cancel() {
        change(
                () -> {
                    cancelled = true;
                    waiting.clear();
                });
        done.accept(this);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
