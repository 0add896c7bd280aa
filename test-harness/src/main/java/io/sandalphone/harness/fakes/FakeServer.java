package io.sandalphone.harness.fakes;

import io.sandalphone.harness.loop.EventLoop;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;

/// The HTTP server under a fake: on loopback, all of it on one event loop, which owns the fake's
/// state.
public final class FakeServer implements AutoCloseable {
    private final Vertx vertx;
    private final EventLoop loop;
    private final HttpServer server;
    private final FakeOptions options;

    private FakeServer(Vertx vertx, EventLoop loop, HttpServer server, FakeOptions options) {
        this.vertx = vertx;
        this.loop = loop;
        this.server = server;
        this.options = options;
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
        // By TLS the vendors offer HTTP/2 too, and Polly's client takes nothing else.
        options.tls()
                .ifPresent(
                        tls ->
                                http.setSsl(true)
                                        .setUseAlpn(true)
                                        .setKeyCertOptions(tls.certificate()));
        var loop = new EventLoop(vertx.getOrCreateContext());
        var listening =
                loop.call(() -> vertx.createHttpServer(http).requestHandler(handler).listen());
        HttpServer server = EventLoop.join(listening.toCompletionStage().toCompletableFuture());
        return new FakeServer(vertx, loop, server, options);
    }

    /// Where it listens: `http` or `https`, host and port.
    public URI address() {
        String scheme = options.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://localhost:" + server.actualPort());
    }

    /// Notes that something happens now, where that is [wanted][FakeOptions#traced].
    public void note(String what, String key, long count) {
        options.trace().note(what, key, count);
    }

    /// Notes that something happened at `nanos`, on the clock of [System#nanoTime], where that is
    /// wanted.
    public void note(String what, String key, long count, long nanos) {
        options.trace().note(what, key, count, nanos);
    }

    /// Does `task` on the server's loop after `delay`, and at once when there is none.
    public void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            loop.context().runOnContext(_ -> task.run());
        } else {
            loop.context()
                    .runOnContext(
                            _ -> vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run()));
        }
    }

    /// Does `action` on the server's loop and waits for it.
    public <T> T onLoop(Callable<T> action) {
        return loop.call(action);
    }

    /// Does `action` on the server's loop and waits for it.
    public void onLoop(Runnable action) {
        loop.run(action);
    }

    @Override
    public void close() {
        EventLoop.join(onLoop(server::close).toCompletionStage().toCompletableFuture());
    }
}
