package io.sandalphone.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A file that is written again and again by a thread of its own. A disk that refuses, and a fault of whoever
/// writes, cost one attempt: the next one comes all the same.
///
/// Thread-safe; attempts are made one at a time.
public final class RepeatedWrite {
    /// One attempt.
    @FunctionalInterface
    public interface Attempt {
        /// Writes what is new. Returns whether there was anything.
        ///
        /// @throws IOException when it could not be written
        boolean write() throws IOException;
    }

    private final ScheduledExecutorService writer;
    private final WriteWatch watch;
    private final Runnable failed;
    private boolean closed;

    /// `thread` names the thread that writes `what`, such as `journal of calls`; `setting` names the file. `failed` runs after each
    /// attempt that failed.
    public RepeatedWrite(String thread, String what, String setting, Path file, Runnable failed) {
        writer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name(thread).daemon().factory());
        watch = new WriteWatch(what, setting, file);
        this.failed = failed;
    }

    /// Makes `attempt` at once, in the caller's thread, and then whenever `pause` has gone by since the last one.
    public void begin(Duration pause, Attempt attempt) {
        now(attempt);
        var _ =
                writer.scheduleWithFixedDelay(
                        () -> now(attempt),
                        pause.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// Makes `attempt` as soon as the thread is free; never once [#close] was called.
    public void soon(Attempt attempt) {
        try {
            writer.execute(() -> now(attempt));
        } catch (RejectedExecutionException _) {
            // It was closed.
        }
    }

    // A fault that escapes would end the writing for good.
    @SuppressWarnings("CatchingThrowable")
    private synchronized void now(Attempt attempt) {
        if (closed) {
            return;
        }
        try {
            if (attempt.write()) {
                watch.written();
            }
        } catch (IOException e) {
            failed(StateFile.reason(e));
        } catch (Throwable fault) {
            failed(fault.getClass().getSimpleName());
        }
    }

    private void failed(String reason) {
        watch.failed(reason);
        failed.run();
    }

    /// Why it is not written just now, if it is not. Any thread may ask.
    public Optional<String> unavailableReason() {
        return watch.unavailableReason();
    }

    /// Makes `last` in the caller's thread, and no other one after it.
    public synchronized void close(Attempt last) {
        writer.shutdown();
        now(last);
        closed = true;
    }
}
