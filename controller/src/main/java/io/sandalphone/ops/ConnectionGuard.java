package io.sandalphone.ops;

import io.netty.channel.Channel;
import io.sandalphone.web.RequestBody;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Holds the connections of a listener to their [ConnectionLimits], so that clients that say
/// nothing, or never come to an end, take neither the listener nor the process's file descriptors.
///
/// Runs on the server's loop.
final class ConnectionGuard {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Vertx vertx;
    private final ConnectionCounters counters;
    private final Connections<HttpConnection> connections;
    private final Map<HttpConnection, HttpServerResponse> latest = new HashMap<>();
    private final long timer;

    ConnectionGuard(Vertx vertx, ConnectionLimits limits, ConnectionCounters counters) {
        this.vertx = vertx;
        this.counters = counters;
        connections = new Connections<>(limits);
        timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> closeOverdue());
    }

    /// A client connected.
    void opened(HttpConnection connection) {
        var superfluous =
                connections.opened(
                        connection, connection.remoteAddress().hostAddress(), System.nanoTime());
        counters.open().set(connections.count());
        // The connection's own handler is not told of the end of one that became a WebSocket.
        channel(connection)
                .closeFuture()
                .addListener(
                        _ -> {
                            latest.remove(connection);
                            forget(connection);
                        });
        superfluous.ifPresent(
                crowded -> {
                    counters.crowdedOut().increment();
                    close(crowded);
                });
    }

    private static Channel channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().channel();
    }

    /// Whether `request` may be served: not when it came behind one whose answer was the last of its
    /// connection, which may be closed and forgotten by now.
    boolean admits(HttpServerRequest request) {
        if (!channel(request.connection()).isOpen()) {
            return false;
        }
        HttpServerResponse before = latest.put(request.connection(), request.response());
        return before == null || !before.headers().contains("Connection", "close", true);
    }

    /// Handles each request first, to know until when its connection is in use.
    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpConnection connection = request.connection();
        if (RequestBody.isAnnounced(request)) {
            connections.bodyExpected(connection, System.nanoTime());
            var _ =
                    request.end()
                            .onSuccess(
                                    _ -> {
                                        if (!context.response().ended()) {
                                            connections.arrived(connection);
                                        }
                                    });
        } else {
            connections.arrived(connection);
        }
        context.addEndHandler(_ -> connections.answered(connection, System.nanoTime()));
        context.next();
    }

    private void closeOverdue() {
        for (HttpConnection connection : connections.overdue(System.nanoTime())) {
            counters.timedOut().increment();
            close(connection);
        }
    }

    private void close(HttpConnection connection) {
        // Closed a little later; it gives its place back now.
        forget(connection);
        var _ = connection.close();
    }

    private void forget(HttpConnection connection) {
        connections.closed(connection);
        counters.open().set(connections.count());
    }

    /// Watches no longer.
    void close() {
        vertx.cancelTimer(timer);
    }
}
