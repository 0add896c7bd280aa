package io.sandalphone.harness.carrier;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// The WebSocket of one media stream, at the carrier's end. Owner: the carrier's loop.
final class StreamSocket {
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final int PING_EVERY_MILLIS = 5000;
    private static final int CONNECT_MILLIS = 5000;

    private final Vertx vertx;
    private final Listener listener;
    private @Nullable WebSocket socket;
    private long pinging = -1;
    private boolean over;

    /// What is told of the socket.
    interface Listener {
        void opened();

        void text(String text);

        void binary();

        /// It could not be opened, or is gone. Told once, and not after [StreamSocket#close].
        void gone(StreamEnd end, String detail);
    }

    /// The client by which sockets are opened.
    static WebSocketClient client(Vertx vertx) {
        return vertx.createWebSocketClient(
                new WebSocketClientOptions()
                        .setMaxConnections(10_000)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setMaxFrameSize(LARGEST_MESSAGE)
                        .setMaxMessageSize(LARGEST_MESSAGE));
    }

    StreamSocket(Vertx vertx, Listener listener) {
        this.vertx = vertx;
        this.listener = listener;
    }

    /// Opens `url`, as a document has it, with `headers`.
    void open(WebSocketClient client, Reach reach, String url, Map<String, String> headers) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            gone(StreamEnd.URL, "no address: " + e.getMessage());
            return;
        }
        if (!"wss".equals(address.getScheme()) && !withinThisMachine(address)) {
            gone(StreamEnd.SCHEME, "the scheme is not wss");
        } else if (address.getHost() == null) {
            gone(StreamEnd.URL, "the address has no host");
        } else if (address.getRawQuery() != null || address.getRawFragment() != null) {
            gone(StreamEnd.HANDSHAKE, "the address has a query or a fragment");
        } else {
            connect(client, reach.of(address), address, headers);
        }
    }

    /// A gateway that is reached by nobody but this machine needs no TLS; the real carriers could not
    /// reach it at all.
    private static boolean withinThisMachine(URI address) {
        return "ws".equals(address.getScheme())
                && List.of("127.0.0.1", "localhost", "[::1]")
                        .contains(String.valueOf(address.getHost()));
    }

    private void connect(
            WebSocketClient client, Reach.Place place, URI address, Map<String, String> headers) {
        var options =
                new WebSocketConnectOptions()
                        .setHost(place.host())
                        .setPort(place.port())
                        .setSsl(place.tls())
                        .setSslOptions(place.ssl())
                        .setURI(Reach.target(address))
                        .setTimeout(CONNECT_MILLIS);
        options.putHeader("Host", address.getRawAuthority());
        headers.forEach(options::putHeader);
        client.connect(options)
                .onSuccess(this::opened)
                .onFailure(failure -> gone(kind(failure), String.valueOf(failure.getMessage())));
    }

    private static StreamEnd kind(Throwable failure) {
        return switch (failure) {
            case UpgradeRejectedException _ -> StreamEnd.HANDSHAKE;
            case SSLException _ -> StreamEnd.TLS;
            case TimeoutException _ -> StreamEnd.CONNECT_TIMEOUT;
            case ConnectException _ -> StreamEnd.REFUSED;
            default -> StreamEnd.BROKEN;
        };
    }

    private void opened(WebSocket opened) {
        if (over) {
            opened.close();
            return;
        }
        socket = opened;
        opened.frameHandler(this::frame);
        opened.textMessageHandler(listener::text);
        opened.exceptionHandler(
                failure ->
                        gone(
                                failure instanceof CorruptedWebSocketFrameException
                                        ? StreamEnd.PROTOCOL
                                        : StreamEnd.BROKEN,
                                String.valueOf(failure.getMessage())));
        opened.closeHandler(_ -> closed(opened));
        pinging =
                vertx.setPeriodic(PING_EVERY_MILLIS, _ -> opened.writePing(Buffer.buffer("ping")));
        listener.opened();
    }

    private void frame(WebSocketFrame frame) {
        if (frame.isBinary()) {
            listener.binary();
        }
    }

    private void closed(WebSocket was) {
        Short code = was.closeStatusCode();
        // 1006 stands for a connection that ended without a closing handshake (RFC 6455, 7.1.5).
        if (code == null || code == 1006) {
            gone(StreamEnd.BROKEN, "the connection broke off");
        } else {
            gone(StreamEnd.CLOSED, "the server closed with " + code);
        }
    }

    private void gone(StreamEnd end, String detail) {
        if (!over) {
            release();
            listener.gone(end, detail);
        }
    }

    private void release() {
        over = true;
        if (pinging >= 0) {
            vertx.cancelTimer(pinging);
        }
    }

    void send(String text) {
        if (socket != null && !over) {
            socket.writeTextMessage(text);
        }
    }

    /// Closes in due form.
    void close() {
        if (!over) {
            release();
            if (socket != null) {
                socket.close();
            }
        }
    }

    /// Breaks the connection off by a reset, as when the carrier's machine dies.
    void drop() {
        if (socket instanceof WebSocketInternal open) {
            var channel = open.channelHandlerContext().channel();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // Below the pipeline, so that neither TLS nor the WebSocket takes its leave.
            channel.unsafe().close(channel.voidPromise());
        }
    }
}
