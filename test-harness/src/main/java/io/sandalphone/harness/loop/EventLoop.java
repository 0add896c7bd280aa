package io.sandalphone.harness.loop;

import io.vertx.core.Context;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An event loop, for threads that are not it: they wait for what they ask, and no longer than
/// anything takes that goes well.
public record EventLoop(Context context) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Does `action` on the loop and waits for it.
    public void run(Runnable action) {
        call(
                () -> {
                    action.run();
                    return "";
                });
    }

    /// Does `action` on the loop and waits for what it gives.
    public <T> T call(Callable<T> action) {
        var done = new CompletableFuture<T>();
        context.runOnContext(
                _ -> {
                    try {
                        done.complete(action.call());
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                });
        return join(done);
    }

    /// Waits for `future`.
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within " + PATIENCE, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
