package io.sandalphone.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class RepeatedWriteTest {
    @TempDir private Path folder;

    private final AtomicInteger failures = new AtomicInteger();

    private RepeatedWrite writing() {
        return new RepeatedWrite(
                "tried", "list", "list.file", folder.resolve("list"), failures::incrementAndGet);
    }

    @Test
    void a_fault_of_whoever_writes_costs_one_attempt() throws Exception {
        RepeatedWrite writing = writing();
        var attempts = new AtomicInteger();
        var goesOn = new CountDownLatch(1);
        writing.begin(
                Duration.ofMillis(1),
                () ->
                        switch (attempts.incrementAndGet()) {
                            case 1 -> throw new IllegalStateException();
                            case 2 -> throw new IOException("full");
                            case 3 -> throw new StackOverflowError();
                            default -> {
                                goesOn.countDown();
                                yield true;
                            }
                        });
        assertTrue(goesOn.await(60, TimeUnit.SECONDS));
        writing.close(() -> true);
        assertEquals(3, failures.get());
        assertEquals(Optional.empty(), writing.unavailableReason());
    }

    @Test
    void what_fails_is_told_until_something_is_written() {
        RepeatedWrite writing = writing();
        writing.begin(
                Duration.ofHours(1),
                () -> {
                    throw new IOException("full");
                });
        assertEquals(
                "the list cannot be written to %s: full".formatted(folder.resolve("list")),
                writing.unavailableReason().orElseThrow());
        writing.close(() -> false);
        assertTrue(writing.unavailableReason().isPresent(), "nothing was written");
    }

    @Test
    void nothing_is_attempted_after_the_last() throws Exception {
        RepeatedWrite writing = writing();
        var begun = new Semaphore(0);
        var goOn = new Semaphore(0);
        var attempts = new AtomicInteger();
        writing.soon(
                () -> {
                    begun.release();
                    goOn.acquireUninterruptibly();
                    return true;
                });
        writing.soon(
                () -> {
                    attempts.incrementAndGet();
                    return true;
                });
        begun.acquire();
        var closing =
                Thread.ofVirtual().start(() -> writing.close(() -> attempts.addAndGet(10) > 0));
        goOn.release();
        closing.join();
        writing.soon(
                () -> {
                    attempts.incrementAndGet();
                    return true;
                });
        // The one that was asked for before came first, or never; the other one never.
        assertTrue(attempts.get() == 10 || attempts.get() == 11, attempts::toString);
    }
}
