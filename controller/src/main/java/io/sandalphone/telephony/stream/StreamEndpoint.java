package io.sandalphone.telephony.stream;

import io.sandalphone.time.NanoClock;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where carriers open their media sockets. One address serves all of them: a request is let in when
/// some carrier vouches for it, and the first message tells which one is talking.
///
/// Runs on the HTTP server's loops; what comes over a stream is heard on the loop of its call.
public final class StreamEndpoint {
    /// The shared address. A carrier that cannot send a token in a message has it as one more part of
    /// the path.
    public static final String PATH = "/media-stream";

    /// What other gateways have as the address of media sockets, see [io.sandalphone.telephony.markup.WebhookAlias].
    public static final String VOICE_PATH = "/voice/stream";

    /// Another one of those; it too may have a token as one more part.
    public static final String SIP_PATH = "/sip/media-stream";

    /// The longest message that is read, in bytes: above the longest piece of sound that any carrier
    /// sends, far below what would hurt. For the listener's limits on frames and messages.
    public static final int LONGEST_MESSAGE = 64 * 1024;

    /// How long a socket may be open without a stream that starts.
    static final Duration START_LIMIT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(StreamEndpoint.class);

    private final List<StreamProtocol> protocols;
    private final Optional<String> expectedOrigin;
    private final StreamMeters meters;
    private final LogPauses<StreamRefusal> pauses;

    /// `protocols` are those of the carriers that are configured. `clock` spaces out what is logged of strangers.
    public StreamEndpoint(
            List<? extends StreamProtocol> protocols,
            Optional<String> expectedOrigin,
            StreamMeters meters,
            NanoClock clock) {
        this.protocols = List.copyOf(protocols);
        this.expectedOrigin = expectedOrigin;
        this.meters = meters;
        pauses = new LogPauses<>(StreamRefusal.class, clock);
    }

    /// Serves [#PATH], with a token behind it or without, the carriers' own names for it and those of other gateways.
    public void mount(Router router) {
        router.get(PATH).handler(this::opened);
        router.get(PATH + "/:token").handler(this::opened);
        router.get(VOICE_PATH).handler(this::opened);
        router.get(SIP_PATH).handler(this::opened);
        router.get(SIP_PATH + "/:token").handler(this::opened);
        for (StreamProtocol protocol : protocols) {
            router.get("/" + protocol.name() + "/stream").handler(this::opened);
            router.get("/" + protocol.name() + "/stream/:token").handler(this::opened);
        }
    }

    private void opened(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            answer(context.response(), 426, "this address takes WebSockets only");
            return;
        }
        if (expectedOrigin.isPresent()
                && !expectedOrigin.get().equals(request.getHeader("Origin"))) {
            refuse(context, StreamRefusal.ORIGIN);
            return;
        }
        String path = request.path();
        List<StreamProtocol> vouching = new ArrayList<>();
        for (StreamProtocol protocol : protocols) {
            switch (protocol.admit(request)) {
                case ADMITTED -> vouching.add(protocol);
                case REFUSED -> {
                    vouching.forEach(each -> each.released(path));
                    refuse(context, StreamRefusal.UNANNOUNCED);
                    return;
                }
                case NOT_MINE -> {}
            }
        }
        if (vouching.isEmpty()) {
            refuse(context, StreamRefusal.UNANNOUNCED);
            return;
        }
        request.toWebSocket()
                .onSuccess(
                        socket ->
                                new StreamConnection(
                                                context.vertx(), socket, path, vouching, meters)
                                        .await(START_LIMIT))
                .onFailure(
                        failure -> {
                            vouching.forEach(protocol -> protocol.released(path));
                            log.atWarn()
                                    .addKeyValue("failure", failure.getClass().getSimpleName())
                                    .log("media socket could not be opened");
                        });
    }

    private void refuse(RoutingContext context, StreamRefusal reason) {
        meters.refuse(reason);
        long count = pauses.due(reason);
        if (count > 0) {
            log.atWarn()
                    .addKeyValue("reason", reason.word())
                    .addKeyValue("sockets", count)
                    .log("media socket refused");
        }
        answer(context.response(), 403, "refused: " + reason.word());
    }

    private static void answer(HttpServerResponse response, int status, String sentence) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(sentence + "\n");
    }
}
