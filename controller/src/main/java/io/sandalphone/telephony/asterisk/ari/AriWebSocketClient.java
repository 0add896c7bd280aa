package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.tools.HttpParam;
import ch.loway.oss.ari4java.tools.HttpResponseHandler;
import ch.loway.oss.ari4java.tools.WsClient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// ari4java's WebSocket transport over Vert.x. Messages become events on the context that
/// connected, in the order of their arrival; what is no event is counted and skipped. A connection
/// on which nothing is heard, not even the answer to a ping, counts as closed.
final class AriWebSocketClient implements WsClient {
    /// Events are a few kilobytes; a channel's variables can make them larger.
    private static final int LARGEST_MESSAGE = 1 << 20;

    private final Vertx vertx;
    private final AriAddress address;
    private final AriTimings timings;
    private final AriMeters meters;
    private final WebSocketClient client;

    AriWebSocketClient(Vertx vertx, AriSettings settings, AriMeters meters) {
        this.vertx = vertx;
        this.address = new AriAddress(settings);
        this.timings = settings.timings();
        this.meters = meters;
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setConnectTimeout((int) timings.request().toMillis())
                                .setMaxFrameSize(LARGEST_MESSAGE)
                                .setMaxMessageSize(LARGEST_MESSAGE)
                                .setClosingTimeout(1));
    }

    @Override
    public WsClientConnection connect(
            HttpResponseHandler handler, String path, List<HttpParam> parameters) {
        var connection = new Connection(EventStream.of(handler));
        client.connect(address.webSocket(path, parameters).setTimeout(timings.request().toMillis()))
                .onComplete(connection::opened, connection::refused);
        return connection::disconnect;
    }

    /// One WebSocket, from the attempt to its end, which is reported to its stream once.
    private final class Connection {
        private final EventStream stream;
        private @Nullable WebSocket socket;
        private long watchdog = -1;
        private long lastHeardNanos;
        private boolean ended;

        Connection(EventStream stream) {
            this.stream = stream;
        }

        void opened(WebSocket opened) {
            if (ended) {
                opened.close();
                return;
            }
            socket = opened;
            lastHeardNanos = System.nanoTime();
            opened.frameHandler(_ -> lastHeardNanos = System.nanoTime());
            opened.pongHandler(_ -> lastHeardNanos = System.nanoTime());
            opened.textMessageHandler(this::received);
            opened.exceptionHandler(_ -> end("broken"));
            opened.closeHandler(_ -> end("closed"));
            watchdog = vertx.setPeriodic(timings.ping().toMillis(), _ -> probe(opened));
            stream.opened(opened);
        }

        void refused(Throwable cause) {
            end(
                    cause instanceof UpgradeRejectedException e
                            ? "http-" + e.getStatus()
                            : "unreachable");
        }

        private void probe(WebSocket opened) {
            if (System.nanoTime() - lastHeardNanos > timings.silence().toNanos()) {
                end("silent");
            } else {
                opened.writePing(Buffer.buffer());
            }
        }

        private void received(String text) {
            if (ended) {
                return;
            }
            try {
                var event = AriJson.readEvent(text);
                if (event == null) {
                    meters.malformedEvents().increment();
                } else {
                    meters.event(event.getType()).increment();
                    stream.onSuccess(event);
                }
            } catch (InvalidTypeIdException e) {
                (e.getTypeId() == null ? meters.malformedEvents() : meters.unknownEvents())
                        .increment();
            } catch (JsonProcessingException e) {
                meters.malformedEvents().increment();
            }
        }

        void disconnect() {
            end("disconnected");
        }

        private void end(String why) {
            if (ended) {
                return;
            }
            ended = true;
            if (socket != null) {
                vertx.cancelTimer(watchdog);
                socket.close();
            }
            stream.closed(why);
        }
    }

    /// Says goodbye on the open connection, waits for the other side's at most a second, then
    /// closes.
    Future<Void> shutdown() {
        return client.shutdown(1, TimeUnit.SECONDS);
    }

    @Override
    public boolean isWsConnected() {
        throw new UnsupportedOperationException("asked of AriConnection.up");
    }

    @Override
    public void destroy() {
        throw new UnsupportedOperationException("closed with AriConnection.stop");
    }
}
