package io.sandalphone.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class AheadConnectionTest {
    private static final Duration KEPT = Duration.ofSeconds(50);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final LinkedBlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final Semaphore may = new Semaphore(0);
    private final AheadConnection connection =
            new AheadConnection(
                    KEPT,
                    () -> {
                        opened.add("opened");
                        may.acquire();
                    },
                    now::get);

    /// Nothing where nothing is being opened: what would be, begins before the method returns.
    private @Nullable String opening() throws InterruptedException {
        connection.prepare();
        return opened.poll(20, TimeUnit.MILLISECONDS);
    }

    private void awaitPrepared() throws InterruptedException {
        connection.prepare();
        assertEquals("opened", opened.poll(30, TimeUnit.SECONDS));
        may.release();
    }

    @Test
    void one_is_opened_where_none_was_used() throws InterruptedException {
        awaitPrepared();
    }

    @Test
    void only_one_is_opened_at_a_time() throws InterruptedException {
        connection.prepare();
        assertEquals("opened", opened.poll(30, TimeUnit.SECONDS));
        assertNull(opening());
        assertNull(opening());
        may.release();
    }

    @Test
    void none_is_opened_while_there_is_one() throws InterruptedException {
        connection.used();
        now.addAndGet(KEPT.toNanos() - 1);
        assertNull(opening());
    }

    @Test
    void one_is_opened_when_the_last_has_been_closed() throws InterruptedException {
        connection.used();
        now.addAndGet(KEPT.toNanos());
        awaitPrepared();
    }
}
