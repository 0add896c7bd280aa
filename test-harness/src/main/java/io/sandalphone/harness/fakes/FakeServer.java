package io.sandalphone.harness.fakes;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The HTTP server under a fake: on loopback, all of it on one event loop, which owns the fake's
/// state.
public final class FakeServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Context loop;
    private final HttpServer server;
    private final boolean secured;

    private FakeServer(Vertx vertx, Context loop, HttpServer server, boolean secured) {
        this.vertx = vertx;
        this.loop = loop;
        this.server = server;
        this.secured = secured;
    }

    /// Listens as `options` say and hands every request to `handler`, on the server's loop. Returns
    /// when it listens; not to be called on an event loop.
    public static FakeServer listen(
            Vertx vertx, FakeOptions options, Handler<HttpServerRequest> handler) {
        return listen(vertx, options, new HttpServerOptions(), handler);
    }

    /// The same, with what else `http` says.
    public static FakeServer listen(
            Vertx vertx,
            FakeOptions options,
            HttpServerOptions http,
            Handler<HttpServerRequest> handler) {
        http.setHost("127.0.0.1").setPort(options.port());
        options.tls()
                .ifPresent(
                        tls ->
                                http.setSsl(true)
                                        .setUseAlpn(true)
                                        .setKeyCertOptions(tls.certificate()));
        Context loop = vertx.getOrCreateContext();
        var listening =
                onLoop(loop, () -> vertx.createHttpServer(http).requestHandler(handler).listen());
        HttpServer server = join(listening.toCompletionStage().toCompletableFuture());
        return new FakeServer(vertx, loop, server, options.tls().isPresent());
    }

    /// Where it listens: `http` or `https`, host and port.
    public URI address() {
        return URI.create((secured ? "https" : "http") + "://localhost:" + server.actualPort());
    }

    /// Does `task` on the server's loop after `delay`, and at once when there is none.
    public void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            loop.runOnContext(_ -> task.run());
        } else {
            loop.runOnContext(_ -> vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run()));
        }
    }

    /// Does `action` on the server's loop and waits for it.
    public <T> T onLoop(Callable<T> action) {
        return onLoop(loop, action);
    }

    /// Does `action` on the server's loop and waits for it.
    public void onLoop(Runnable action) {
        onLoop(
                () -> {
                    action.run();
                    return "";
                });
    }

    @Override
    public void close() {
        join(onLoop(server::close).toCompletionStage().toCompletableFuture());
    }

    private static <T> T onLoop(Context loop, Callable<T> action) {
        var done = new CompletableFuture<T>();
        loop.runOnContext(
                _ -> {
                    try {
                        done.complete(action.call());
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                });
        return join(done);
    }

    private static <T> T join(CompletableFuture<T> future) {
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
