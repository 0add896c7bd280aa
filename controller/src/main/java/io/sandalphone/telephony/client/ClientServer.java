package io.sandalphone.telephony.client;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.sandalphone.call.CallObserver;
import io.sandalphone.call.ClientCalls;
import io.sandalphone.config.Secret;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegJoiner;
import io.sandalphone.time.Loop;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.web.Answers;
import io.sandalphone.web.RequestBody;
import io.sandalphone.web.TokenCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Serves clients: the WebSocket `/client`, tickets, and the page `/phone`.
///
/// | request | answer |
/// |---|---|
/// | `GET /client`, upgraded | a WebSocket; 403 to a page of another site, 503 when there are too many |
/// | `POST /tickets` | 201 and a ticket; behind the operator's token |
/// | `GET /phone`, `GET /phone/…` | the page and its files |
///
/// Everything else about the WebSocket is in [ClientConnection]; whom it lets in, in [ClientDoor].
public final class ClientServer {
    private static final Logger log = LoggerFactory.getLogger(ClientServer.class);

    /// A short fixed name, as other carriers have one.
    public static final String NAME = Browser.CARRIER;

    private static final int LONGEST_BODY = 16 * 1024;

    private final Vertx vertx;
    private final ClientSettings settings;
    private final TokenCheck operators;
    private final Set<String> origins;
    private final ClientMeters meters;
    private final ClientDoor door;
    private final Lobby lobby;
    private final TicketRequests requests;
    private final PhonePage page;

    /// Who clients are, and where the world reaches us. `token` is the operator's, of which tickets are made,
    /// `operators` asks for it; `languages` are those
    /// that people may speak here, at least one; `origin` is our own as browsers see it
    /// (`https://phone.example.org`), empty when only the host that is asked counts; `otherOrigins` are
    /// sites whose pages may connect too.
    public record Identity(
            Secret token,
            TokenCheck operators,
            List<Language> languages,
            Optional<String> origin,
            Set<String> otherOrigins) {
        public Identity {
            languages = List.copyOf(languages);
            otherOrigins = Set.copyOf(otherOrigins);
            if (languages.isEmpty()) {
                throw new IllegalArgumentException("no language that anybody could speak");
            }
        }
    }

    /// What becomes of people who meet, or call: `loop` owns each call, `joiner` joins the
    /// two of a meeting, `legJoiner` joins who calls a number with whom they reach, and `calls` takes
    /// both. Of `terms` a meeting has how long it may last, and an operator's call all.
    public record CallSide(
            Loop loop, Joiner joiner, LegJoiner legJoiner, ClientCalls calls, CallTerms terms) {}

    public ClientServer(
            Vertx vertx,
            ClientSettings settings,
            Identity identity,
            CallSide calls,
            InstantSource clock,
            ClientMeters meters) {
        this.vertx = vertx;
        this.settings = settings;
        operators = identity.operators();
        this.meters = meters;
        var origins = new HashSet<>(identity.otherOrigins());
        identity.origin().ifPresent(origins::add);
        this.origins = Set.copyOf(origins);
        var tickets = new Tickets(identity.token(), clock);
        door = new ClientDoor(tickets, identity.operators(), identity.languages());
        lobby = new Lobby(settings, calls, tickets, meters);
        requests =
                new TicketRequests(
                        tickets,
                        identity.languages(),
                        calls.calls()::ringsBrowsers,
                        identity.origin(),
                        clock,
                        meters);
        page = new PhonePage(identity.languages(), calls.calls()::interprets);
    }

    /// Is to be told what happens to calls, so that clients read what is said in theirs.
    public CallObserver observer() {
        return lobby;
    }

    /// Rings clients that stand by.
    public LegCarrier legs() {
        return lobby.switchboard();
    }

    /// Adds our paths.
    public void mount(Router router) {
        router.get("/client").handler(this::client);
        router.post("/tickets")
                .handler(operators)
                .handler(new RequestBody(LONGEST_BODY))
                .handler(requests::issue);
        page.mount(router);
    }

    private void client(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        if (origin != null && !isOurs(origin, request)) {
            meters.strangeOrigins().increment();
            log.atWarn()
                    .addKeyValue("origin", origin)
                    .addKeyValue("host", String.valueOf(request.authority()))
                    .log("client refused, its page is of another site");
            Answers.fail(
                    context,
                    403,
                    "this page's origin may not connect: open /phone at the host itself, or set"
                            + " public-url to the address in the browser");
            return;
        }
        if (meters.connections().get() >= settings.maxConnections()) {
            meters.crowdedOut().increment();
            Answers.fail(context, 503, "as many clients are connected as may be");
            return;
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            context.response().putHeader("Upgrade", "websocket");
            Answers.fail(context, 426, "/client is a WebSocket (RFC 6455)");
            return;
        }
        // What is no handshake although it says so is answered with 400 by Vert.x.
        var _ = request.toWebSocket().onSuccess(this::opened);
    }

    /// A page of our own, or one that may. A client that is no page sends no origin.
    private boolean isOurs(String origin, HttpServerRequest request) {
        return origins.contains(origin) || isHost(origin, request);
    }

    private static boolean isHost(String origin, HttpServerRequest request) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void opened(ServerWebSocket websocket) {
        meters.connections().incrementAndGet();
        var loop = new VertxLoop(vertx, vertx.getOrCreateContext());
        var connection =
                new ClientConnection(loop, new WebSocketWire(websocket), door, lobby, meters);
        var socket = new ClientSocket(loop, websocket, connection);
        // Vert.x reads nothing of a frame that is longer than the server takes, and closes; what
        // else can
        // befall the connection is told by its end.
        websocket.exceptionHandler(
                failure -> {
                    if (failure instanceof CorruptedWebSocketFrameException) {
                        connection.unreadable();
                    }
                });
        websocket.closeHandler(
                _ -> {
                    meters.connections().decrementAndGet();
                    Short code = websocket.closeStatusCode();
                    socket.closed(code == null ? 0 : code);
                });
    }
}
