package io.sandalphone.transport;

import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A handler's own HTTP server, on the loop of its calls: what comes over a socket is heard where it is read. Each call
/// has two connections, its webhook's and its socket's; beyond four for each that there may be, and some for strangers, a connection
/// is closed at once.
final class TransportServer {
    private static final int STRANGERS = 64;
    private static final int IDLE_SECONDS = 30;
    private static final int STEP_SECONDS = 20;

    private final VertxLoop loop;
    private final HttpServer server;
    private final int mostConnections;
    // On the loop.
    private int connections;

    TransportServer(Vertx vertx, VertxLoop loop, Router router, int calls) {
        this.loop = loop;
        mostConnections = 4 * calls + STRANGERS;
        server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHttp2ClearTextEnabled(false)
                                        .setTcpNoDelay(true)
                                        .setIdleTimeout(IDLE_SECONDS)
                                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                                        // Sound in G.711 hardly gets smaller.
                                        .setPerFrameWebSocketCompressionSupported(false)
                                        .setPerMessageWebSocketCompressionSupported(false)
                                        .setMaxWebSocketFrameSize(StreamEndpoint.LONGEST_MESSAGE)
                                        .setMaxWebSocketMessageSize(StreamEndpoint.LONGEST_MESSAGE))
                        .connectionHandler(this::opened)
                        .requestHandler(router);
    }

    private void opened(HttpConnection connection) {
        if (connections >= mostConnections) {
            var _ = connection.close();
            return;
        }
        connections++;
        connection.closeHandler(_ -> connections--);
    }

    /// Blocks until it listens, and gives the port.
    int listen(String host, int port) {
        Promise<HttpServer> listening = Promise.promise();
        loop.execute(() -> server.listen(port, host).onComplete(listening));
        return await(listening.future()).actualPort();
    }

    void close() {
        await(server.close());
    }

    /// What `future` comes to, which is waited for.
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(STEP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UncheckedIOException(
                    new IOException("the server does not do as it is told", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
