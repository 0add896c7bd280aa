package io.sandalphone.harness.ari;

import ch.loway.oss.ari4java.generated.models.Message;

import io.sandalphone.telephony.asterisk.ari.AriListener;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what an ARI connection says, in order.
final class RecordingListener implements AriListener {
    sealed interface Said {
        record Up() implements Said {}

        record Event(Message message) implements Said {}

        record Down(String why) implements Said {}

        record Replaced() implements Said {}
    }

    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private volatile boolean throwing;
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /// The next thing that was said, whatever it is.
    Said next() {
        try {
            var next = said.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was said within 10 s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What is said and not yet taken.
    @Nullable Said peek() {
        return said.peek();
    }

    /// Fails the next time something is said, and forgets it.
    void throwNext() {
        throwing = true;
    }

    /// The next event, which must be the next thing said.
    <M extends Message> M event(Class<M> type) {
        return type.cast(((Said.Event) next()).message());
    }

    private void say(Said what) {
        threads.add(Thread.currentThread());
        if (throwing) {
            throwing = false;
            throw new IllegalStateException("as the test asked");
        }
        said.add(what);
    }

    @Override
    public void up() {
        say(new Said.Up());
    }

    @Override
    public void event(Message event) {
        say(new Said.Event(event));
    }

    @Override
    public void down(String why) {
        say(new Said.Down(why));
    }

    @Override
    public void replaced() {
        say(new Said.Replaced());
    }
}
