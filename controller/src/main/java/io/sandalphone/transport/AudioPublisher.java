package io.sandalphone.transport;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// What a caller says, see [SipTransport#receiveAudio]. Each subscriber hears it on a virtual thread of its own and may block
/// there. What it has not asked for waits, at most [Limits#unheard] of it: then the oldest is dropped, and counted. Thread-safe.
public final class AudioPublisher implements Flow.Publisher<byte[]> {
    /// How many may subscribe to one call at once; the next is told an `IllegalStateException`.
    public static final int MOST_SUBSCRIBERS = 8;

    private final int mostFrames;
    private final Runnable wanted;
    private final LongAdder dropped = new LongAdder();
    private final List<AudioSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private boolean over;
    private @Nullable Throwable why;

    /// `wanted` is run for each that subscribes.
    AudioPublisher(int mostFrames, Runnable wanted) {
        this.mostFrames = mostFrames;
        this.wanted = wanted;
    }

    /// Each array is the subscriber's own. A subscriber that throws hears no more.
    @Override
    public void subscribe(Flow.Subscriber<? super byte[]> subscriber) {
        var subscription =
                new AudioSubscription(subscriber, mostFrames, dropped, subscriptions::remove);
        synchronized (this) {
            if (over) {
                subscription.end(why);
            } else if (subscriptions.size() == MOST_SUBSCRIBERS) {
                subscription.end(
                        new IllegalStateException(MOST_SUBSCRIBERS + " subscribers already"));
            } else {
                subscriptions.add(subscription);
            }
        }
        subscription.start();
        wanted.run();
    }

    /// Hands each 20 ms to `consumer`, which may block, as [java.util.concurrent.SubmissionPublisher#consume] does: the future
    /// completes when the call ends, exceptionally when its sound is lost or `consumer` throws. Cancelling it ends the listening.
    public CompletableFuture<Void> consume(Consumer<? super byte[]> consumer) {
        var ended = new CompletableFuture<Void>();
        subscribe(
                new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        var _ = ended.whenComplete((_, _) -> subscription.cancel());
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(byte[] pcm) {
                        try {
                            consumer.accept(pcm);
                        } catch (RuntimeException | Error failure) {
                            ended.completeExceptionally(failure);
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        ended.completeExceptionally(failure);
                    }

                    @Override
                    public void onComplete() {
                        ended.complete(null);
                    }
                });
        return ended;
    }

    /// The next 20 ms.
    void offer(byte[] pcm) {
        subscriptions.forEach(each -> each.offer(pcm.clone()));
    }

    /// There is no more, by the end of the call or for `why`.
    void end(@Nullable Throwable why) {
        synchronized (this) {
            over = true;
            this.why = why;
        }
        subscriptions.forEach(each -> each.end(why));
    }

    long dropped() {
        return dropped.sum();
    }
}
