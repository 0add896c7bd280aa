package io.sandalphone.ops;

import io.sandalphone.call.CallRequest;
import io.sandalphone.call.CallTerms;
import io.sandalphone.call.Calls;
import io.sandalphone.call.Placement;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.TimeoutHandler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The HTTP interface for operators. Deployed on Vert.x it owns one event loop, on which all of it
/// runs; it gets events of calls on theirs and carries them over.
///
/// | request | answer |
/// |---|---|
/// | `GET /health` | 200, or 503 with what is wrong; needs no token |
/// | `GET /metrics` | Prometheus' text; needs no token while the listener is on loopback |
/// | `GET /sessions` | the live calls, and what the day has cost |
/// | `POST /calls` | 201 and the call that begins; 400, 403, 429, 503 when none does |
/// | `DELETE /calls/{id}` | 202, the call is being ended; 404 when there is none |
/// | `DELETE /calls` | 202, all calls are being ended; nothing else ends more than one |
/// | `GET /events` | what happens to calls, as Server-Sent Events |
///
/// What is read by GET can be asked for by HEAD too, but for the events. A path is written in one way
/// only, without empty parts, dots or a slash at its end.
///
/// Errors are JSON: `{"error": a sentence, "details": [{"key", "found", "expected"}…]}`.
public final class OperatorServer extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(OperatorServer.class);

    private static final int LONGEST_BODY = 16 * 1024;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final Calls calls;
    private final CallBody callBody;
    private final List<HealthCheck> checks;
    private final Metrics metrics;
    private final OpsMeters meters;
    private final boolean liveCaptions;

    private @Nullable HttpServer server;
    private @Nullable EventFeed feed;
    private @Nullable ConnectionGuard guard;

    /// `terms` are those of calls that are asked for here, as far as the request says nothing else.
    /// `liveCaptions` lets those who watch the events see what people say.
    public OperatorServer(
            HttpSettings settings,
            Calls calls,
            CallTerms terms,
            List<HealthCheck> checks,
            Metrics metrics,
            boolean liveCaptions) {
        this.settings = settings;
        this.calls = calls;
        this.callBody = new CallBody(terms, calls::carriers);
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
        this.meters = OpsMeters.register(metrics.registry());
        this.liveCaptions = liveCaptions;
    }

    @Override
    public Future<?> start() {
        EventFeed events =
                new EventFeed(vertx, liveCaptions, settings.connections().max() / 2, meters);
        feed = events;
        ConnectionGuard connections =
                new ConnectionGuard(vertx, settings.connections(), meters.connections());
        guard = connections;
        calls.observe(
                new EventQueue(
                        task -> context.runOnContext(_ -> task.run()),
                        events,
                        meters.eventsDropped()));
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(settings.listen().getHostAddress())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false);
        settings.tls()
                .ifPresent(
                        tls ->
                                options.setSsl(true)
                                        .setKeyCertOptions(
                                                new PemKeyCertOptions()
                                                        .setCertPath(tls.certificate().toString())
                                                        .setKeyPath(tls.key().toString())));
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(Framing.unambiguous(connections, router(events, connections)))
                .listen()
                .onSuccess(
                        listening -> {
                            server = listening;
                            log.atInfo()
                                    .addKeyValue("address", options.getHost())
                                    .addKeyValue("port", listening.actualPort())
                                    .log("operators can connect");
                        });
    }

    @Override
    public Future<?> stop() {
        if (feed != null) {
            feed.close();
        }
        if (guard != null) {
            guard.close();
        }
        return server == null ? Future.succeededFuture() : server.close();
    }

    /// Where it listens, once it was deployed.
    public int port() {
        return Objects.requireNonNull(server, "not deployed yet").actualPort();
    }

    private Router router(EventFeed events, ConnectionGuard connections) {
        Router router = Router.router(vertx);
        router.route().handler(this::time);
        router.route().handler(connections::handle);
        var tokenCheck = new TokenCheck(settings.token(), meters, System::nanoTime);
        router.route()
                .handler(
                        request -> {
                            if (needsNoToken(request)) {
                                request.next();
                            } else {
                                tokenCheck.handle(request);
                            }
                        });
        router.route().handler(OperatorServer::screen);
        router.route().handler(new RequestBody(LONGEST_BODY));
        read(router, "/health", this::health);
        read(router, "/metrics", this::metrics);
        router.get("/events").handler(events::add);
        router.head("/events").handler(request -> request.fail(405));
        router.route().handler(TimeoutHandler.create(LONGEST_ANSWER.toMillis()));
        read(router, "/sessions", this::sessions);
        router.post("/calls").handler(this::originate);
        router.delete("/calls/:id").handler(this::hangUp);
        router.delete("/calls").handler(this::hangUpAll);
        router.errorHandler(400, request -> Answers.fail(request, 400, "the request is malformed"));
        router.errorHandler(
                404, request -> Answers.fail(request, 404, "there is nothing at this path"));
        router.errorHandler(
                405, request -> Answers.fail(request, 405, "this path takes no such method"));
        router.errorHandler(
                413,
                request ->
                        Answers.fail(request, 413, "the body exceeds " + LONGEST_BODY + " bytes"));
        router.errorHandler(500, this::broken);
        router.errorHandler(503, request -> Answers.fail(request, 503, "no answer in time"));
        return router;
    }

    /// What is read by GET and by HEAD.
    private static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /// Refuses what could mean more than its writer meant: `DELETE /calls/` of a script whose variable
    /// is empty, or `DELETE /calls?id=7f3`, which would end every call.
    private static void screen(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!Framing.isPlain(request.path())) {
            context.fail(404);
        } else if (request.method().equals(HttpMethod.DELETE)
                && (request.query() != null || Framing.announcesBody(request))) {
            Answers.fail(context, 400, "DELETE takes neither a query nor a body");
        } else {
            context.next();
        }
    }

    private boolean needsNoToken(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return reads
                && (request.path().equals("/health")
                        || (request.path().equals("/metrics") && settings.isLocal()));
    }

    private void time(RoutingContext request) {
        long began = System.nanoTime();
        request.addEndHandler(
                _ -> meters.answered().record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
        request.next();
    }

    private void health(RoutingContext request) {
        JsonObject health = Views.health(checks);
        Answers.send(request, health.getString("status").equals("up") ? 200 : 503, health);
    }

    private void sessions(RoutingContext request) {
        Answers.send(request, 200, Views.sessions(calls.sessions(), calls.costsToday()));
    }

    private void metrics(RoutingContext request) {
        request.response().putHeader("Content-Type", Metrics.CONTENT_TYPE).end(metrics.scrape());
    }

    private void originate(RoutingContext request) {
        CallRequest wanted;
        try {
            wanted = callBody.read(RequestBody.of(request));
        } catch (ConfigurationException mistaken) {
            Answers.send(
                    request,
                    400,
                    Views.error("the call cannot be made as described", mistaken.problems()));
            return;
        }
        calls.originate(wanted)
                .onSuccess(placement -> context.runOnContext(_ -> tell(request, placement)))
                .onFailure(failure -> context.runOnContext(_ -> request.fail(failure)));
    }

    private static void tell(RoutingContext request, Placement placement) {
        switch (placement) {
            case Placement.Placed(String call) ->
                    Answers.send(request, 201, new JsonObject().put("call", call));
            case Placement.Refused(var reason) -> {
                switch (reason) {
                    case DESTINATION_NOT_ALLOWED ->
                            Answers.fail(
                                    request,
                                    403,
                                    "limits.destinations does not list both numbers; singly, where"
                                        + " their owner sets the price, or they are a satellite's"
                                        + " or in a region that only shares a country code");
                    case LIMIT_REACHED ->
                            Answers.fail(
                                    request,
                                    429,
                                    "as many calls as limits.max-concurrent-calls live already");
                    case DAILY_LIMIT_REACHED ->
                            Answers.fail(
                                    request,
                                    429,
                                    "one of the numbers has used up its calls or minutes of the"
                                            + " day: limits.daily");
                    case NOT_CONNECTED ->
                            Answers.fail(request, 503, "the carrier cannot be reached");
                    case DRAINING ->
                            Answers.fail(
                                    request, 503, "the controller stops and takes no more calls");
                }
            }
        }
    }

    private void hangUp(RoutingContext request) {
        String id = request.pathParam("id");
        if (calls.hangUp(id)) {
            Answers.send(request, 202, new JsonObject().put("call", id));
        } else {
            Answers.fail(request, 404, "there is no such call");
        }
    }

    private void hangUpAll(RoutingContext request) {
        Answers.send(request, 202, new JsonObject().put("ended", calls.hangUpAll()));
    }

    private void broken(RoutingContext request) {
        log.atError()
                .addKeyValue("path", request.request().path())
                .setCause(request.failure())
                .log("request of an operator failed");
        Answers.fail(request, 500, "something broke; the log says what");
    }
}
