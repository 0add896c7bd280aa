package io.sandalphone.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class AudioPublisherTest {
    private final AtomicInteger wanted = new AtomicInteger();
    private final AudioPublisher publisher = new AudioPublisher(3, wanted::incrementAndGet);

    /// Notes what it is told; asks for what the test asks for.
    private static final class Listener implements Flow.Subscriber<byte[]> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(byte[] pcm) {
            told.add(pcm);
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure);
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }

        Object next() throws InterruptedException {
            Object next = told.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was told");
            }
            return next;
        }

        int number() throws InterruptedException {
            return ((byte[]) next())[0];
        }

        void ask(long count) {
            subscription.join().request(count);
        }
    }

    private Listener listener() {
        var listener = new Listener();
        publisher.subscribe(listener);
        listener.subscription.join();
        return listener;
    }

    private void offer(int... numbers) {
        for (int number : numbers) {
            publisher.offer(new byte[] {(byte) number, 0});
        }
    }

    @Test
    void a_subscriber_is_told_what_it_asks_for_in_order_and_the_end() throws Exception {
        Listener listener = listener();
        listener.ask(Long.MAX_VALUE);
        listener.ask(1);
        offer(1);
        assertEquals(1, listener.number());
        offer(2);
        assertEquals(2, listener.number());
        publisher.end(null);

        assertEquals("complete", listener.next());
        assertEquals(1, wanted.get());
        assertEquals(0, publisher.dropped());
    }

    @Test
    void the_oldest_is_dropped_for_one_that_is_slow_and_counted() throws Exception {
        Listener listener = listener();
        offer(1, 2, 3, 4, 5);
        assertEquals(2, publisher.dropped());
        publisher.end(null);
        listener.ask(3);

        assertEquals(
                List.of(3, 4, 5), List.of(listener.number(), listener.number(), listener.number()));
        assertEquals("complete", listener.next());
    }

    @Test
    void one_that_blocks_keeps_nothing_from_another() throws Exception {
        var release = new CountDownLatch(1);
        CompletableFuture<Void> slow =
                publisher.consume(
                        _ -> {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Listener quick = listener();
        quick.ask(100);
        for (int i = 0; i < 50; i++) {
            offer(i);
            assertEquals(i, quick.number());
        }
        release.countDown();
        publisher.end(null);
        slow.join();
    }

    @Test
    void each_subscriber_has_arrays_of_its_own() throws Exception {
        Listener first = listener();
        Listener second = listener();
        first.ask(1);
        second.ask(1);
        offer(1);

        assertNotSame(first.next(), second.next());
    }

    @Test
    void an_error_is_told_behind_what_was_heard() throws Exception {
        Listener listener = listener();
        listener.ask(10);
        offer(1);
        var why = new ProviderConnectionError("lost");
        publisher.end(why);

        assertEquals(1, listener.number());
        assertSame(why, listener.next());
        assertSame(why, listener().next(), "who comes later is told as well");
    }

    @Test
    void asking_for_nothing_is_a_mistake_that_is_told() throws Exception {
        Listener listener = listener();
        listener.ask(0);

        assertInstanceOf(IllegalArgumentException.class, listener.next());
    }

    @Test
    void who_cancels_is_told_nothing_more_and_makes_room() throws Exception {
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < AudioPublisher.MOST_SUBSCRIBERS; i++) {
            listeners.add(listener());
        }
        assertInstanceOf(IllegalStateException.class, listener().next());
        listeners.getFirst().subscription.join().cancel();
        Listener late = listener();
        late.ask(1);
        offer(7);

        assertEquals(7, late.number());
        assertTrue(listeners.getFirst().told.isEmpty());
    }

    @Test
    void a_consumer_that_throws_hears_no_more_and_its_future_says_why() {
        var heard = new AtomicInteger();
        CompletableFuture<Void> ended =
                publisher.consume(
                        _ -> {
                            heard.incrementAndGet();
                            throw new IllegalStateException("enough");
                        });
        while (!ended.isDone()) {
            offer(1);
            Thread.onSpinWait();
        }
        var failure = assertThrows(CompletionException.class, ended::join);

        assertEquals("enough", Objects.requireNonNull(failure.getCause()).getMessage());
        assertEquals(1, heard.get());
    }

    @Test
    void a_consumer_is_done_when_the_call_ends() {
        CompletableFuture<Void> ended = publisher.consume(_ -> {});
        publisher.end(null);
        ended.join();

        assertTrue(ended.isDone());
    }
}
