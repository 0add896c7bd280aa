package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.stream.StreamTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Takes the connections that Asterisk opens for the sound of legs: from whoever shows ARI's user and
/// password (RFC 7617), speaks the subprotocol `media`, and tells the token of a leg that waits for it.
///
/// Not the token in the address: of two connections that Asterisk opens at the same moment one may show the other's, or what is left of
/// both, since it stands in a place that all of them share (chan_websocket, 22.10). The first message tells it, by a variable of
/// the connection's channel, and before that nobody hears anything of it.
///
/// Runs on one context; what comes over a connection is handed to the loop of its call. While its port is
/// taken, as by a controller that is about to stop, it is asked for every second.
final class LegServer {
    /// Where connections are opened.
    static final String PATH = "/asterisk/media";

    private static final Logger log = LoggerFactory.getLogger(LegServer.class);

    private static final String SUBPROTOCOL = "media";
    private static final long RETRY_MILLIS = 1000;
    // Asterisk sends a frame in a message.
    private static final int LONGEST_MESSAGE = 64 * 1024;
    // For the first message, which comes at once.
    private static final long SILENT_MILLIS = 5000;
    // 1 s of mu-law.
    private static final int CONGESTED = 8000;

    private final Vertx vertx;
    private final Context context;
    private final LegSettings settings;
    private final byte[] authorization;
    private final StreamTokens<LegSocket.Listener> tokens;
    private final LegMeters meters;
    private final Promise<@Nullable Void> started = Promise.promise();
    private volatile @Nullable HttpServer server;
    private volatile @Nullable String unavailableReason = "not started yet";
    // These two belong to the context.
    private boolean stopped;
    private boolean refused;

    /// `authorization` is the header that Asterisk shows. Runs on `context`.
    LegServer(
            Vertx vertx,
            Context context,
            LegSettings settings,
            String authorization,
            StreamTokens<LegSocket.Listener> tokens,
            LegMeters meters) {
        this.vertx = vertx;
        this.context = context;
        this.settings = settings;
        this.authorization = authorization.getBytes(StandardCharsets.UTF_8);
        this.tokens = tokens;
        this.meters = meters;
    }

    /// Listens, and keeps trying to. Completes when it does.
    Future<?> start() {
        context.runOnContext(_ -> listen());
        return started.future();
    }

    private void listen() {
        if (stopped) {
            return;
        }
        HttpServer next =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost(settings.address())
                                .setPort(settings.port())
                                .setWebSocketSubProtocols(List.of(SUBPROTOCOL))
                                .setPerFrameWebSocketCompressionSupported(false)
                                .setPerMessageWebSocketCompressionSupported(false)
                                .setMaxWebSocketFrameSize(LONGEST_MESSAGE)
                                .setMaxWebSocketMessageSize(LONGEST_MESSAGE));
        next.requestHandler(this::asked).listen().onComplete(this::listening, this::notListening);
    }

    private void listening(HttpServer listening) {
        server = listening;
        unavailableReason = null;
        if (stopped) {
            var _ = listening.close();
            return;
        }
        log.atInfo()
                .addKeyValue("address", settings.address())
                .addKeyValue("port", listening.actualPort())
                .log("connections of asterisk's legs are taken");
        started.complete();
    }

    private void notListening(Throwable failure) {
        unavailableReason =
                "%s:%d cannot be listened at: %s"
                        .formatted(settings.address(), settings.port(), failure.getMessage());
        if (!refused) {
            refused = true;
            log.atWarn()
                    .addKeyValue("address", settings.address())
                    .addKeyValue("port", settings.port())
                    .addKeyValue("why", failure.getMessage())
                    .log("connections of asterisk's legs cannot be taken yet");
        }
        vertx.setTimer(RETRY_MILLIS, _ -> listen());
    }

    /// The port it listens at.
    int port() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("not listening yet");
        }
        return listening.actualPort();
    }

    /// Why no connection can come, as a sentence for the operator.
    Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    /// Closes the connections that are left, which leaves who talks there to Asterisk.
    Future<?> stop() {
        Promise<@Nullable Void> done = Promise.promise();
        context.runOnContext(
                _ -> {
                    stopped = true;
                    HttpServer listening = server;
                    if (listening == null) {
                        done.complete();
                    } else {
                        listening.close().onComplete(_ -> done.complete());
                    }
                });
        return done.future();
    }

    private void asked(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) || !request.path().equals(PATH)) {
            answer(request, 404);
        } else if (!isAsterisk(request)) {
            meters.refuse(LegMeters.Refusal.AUTHORIZATION);
            answer(request, 401);
        } else if (!SUBPROTOCOL.equals(request.getHeader("Sec-WebSocket-Protocol"))) {
            meters.refuse(LegMeters.Refusal.PROTOCOL);
            answer(request, 400);
        } else {
            letIn(request);
        }
    }

    private boolean isAsterisk(HttpServerRequest request) {
        String shown = request.getHeader("Authorization");
        return shown != null
                && MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), authorization);
    }

    private void letIn(HttpServerRequest request) {
        String token = request.getParam("token");
        request.toWebSocket()
                .onSuccess(socket -> new Opening(socket, token == null ? "" : token).begin())
                .onFailure(_ -> meters.refuse(LegMeters.Refusal.PROTOCOL));
    }

    private static void answer(HttpServerRequest request, int status) {
        var _ = request.response().setStatusCode(status).end();
    }

    /// A connection, which is nobody's until its first message. Runs on the server's context.
    private final class Opening {
        private final ServerWebSocket socket;
        private final String shown;
        private LegSocket.@Nullable Listener leg;

        /// `shown` is the token in its address.
        Opening(ServerWebSocket socket, String shown) {
            this.socket = socket;
            this.shown = shown;
        }

        void begin() {
            socket.setWriteQueueMaxSize(CONGESTED);
            socket.textMessageHandler(this::text);
            socket.binaryMessageHandler(
                    sound -> {
                        byte[] bytes = sound.getBytes();
                        tell(heard -> heard.sound(bytes));
                    });
            socket.closeHandler(_ -> tell(LegSocket.Listener::closed));
            // What is wrong with a connection closes it, and that is heard.
            socket.exceptionHandler(_ -> {});
            vertx.setTimer(
                    SILENT_MILLIS,
                    _ -> {
                        if (leg == null) {
                            var _ = socket.close();
                        }
                    });
        }

        private void text(String text) {
            MediaMessage message = MediaMessage.read(text);
            if (leg == null) {
                redeem(message instanceof MediaMessage.Started first ? first.token() : "");
            }
            tell(heard -> heard.message(message));
        }

        /// A dialplan of an earlier version tells no token: then the one that was shown counts.
        private void redeem(String told) {
            if (!told.isEmpty() && !told.equals(shown)) {
                meters.crossed().increment();
            }
            switch (tokens.redeem(told.isEmpty() ? shown : told)) {
                case StreamTokens.Redemption.Redeemed<LegSocket.Listener>(var its) -> {
                    leg = its;
                    tell(heard -> heard.opened(new Connection(socket)));
                }
                case StreamTokens.Redemption.Used<LegSocket.Listener> _ ->
                        refuse(LegMeters.Refusal.TOKEN_USED);
                case StreamTokens.Redemption.Unknown<LegSocket.Listener> _ ->
                        refuse(LegMeters.Refusal.TOKEN_UNKNOWN);
            }
        }

        private void refuse(LegMeters.Refusal reason) {
            meters.refuse(reason);
            var _ = socket.close();
        }

        private void tell(Consumer<LegSocket.Listener> news) {
            LegSocket.Listener heard = leg;
            if (heard != null) {
                heard.loop().execute(() -> news.accept(heard));
            }
        }
    }

    /// A connection as its leg writes to it.
    private record Connection(ServerWebSocket socket) implements LegSocket {
        @Override
        public void write(String text) {
            var _ = socket.writeTextMessage(text);
        }

        @Override
        public void write(byte[] sound) {
            var _ = socket.writeBinaryMessage(Buffer.buffer(sound));
        }

        @Override
        public boolean isCongested() {
            try {
                return socket.writeQueueFull();
            } catch (IllegalStateException _) {
                // It was closed just now, which is about to be heard.
                return true;
            }
        }

        @Override
        public void close() {
            var _ = socket.close();
        }
    }
}
