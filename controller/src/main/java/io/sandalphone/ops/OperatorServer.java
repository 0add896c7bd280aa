package io.sandalphone.ops;

import io.sandalphone.call.CallRequest;
import io.sandalphone.call.CallTerms;
import io.sandalphone.call.Calls;
import io.sandalphone.call.Placement;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.metrics.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The HTTP interface for operators. Deployed on Vert.x it owns one event loop, on which all of it
/// runs; it hears of calls on theirs and brings what it hears over.
///
/// | request | answer |
/// |---|---|
/// | `GET /health` | 200, or 503 with what is wrong; needs no token |
/// | `GET /metrics` | Prometheus' text; needs no token while the listener is on loopback |
/// | `GET /sessions` | the live calls, and what the day has cost |
/// | `POST /calls` | 201 and the call that begins; 400, 403, 429, 503 when none does |
/// | `DELETE /calls/{id}`, `DELETE /calls` | 202, the call or all calls are being ended; 404 |
/// | `GET /events` | what happens to calls, as Server-Sent Events |
///
/// Errors are JSON: `{"error": a sentence, "details": [{"key", "found", "expected"}…]}`.
public final class OperatorServer extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(OperatorServer.class);

    private static final int LONGEST_BODY = 16 * 1024;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final HttpSettings settings;
    private final Calls calls;
    private final CallBody callBody;
    private final List<HealthCheck> checks;
    private final Metrics metrics;
    private final OpsMeters meters;
    private final boolean liveCaptions;

    private @Nullable HttpServer server;
    private @Nullable EventFeed feed;

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
        this.callBody = new CallBody(terms);
        this.checks = List.copyOf(checks);
        this.metrics = metrics;
        this.meters = OpsMeters.register(metrics.registry());
        this.liveCaptions = liveCaptions;
    }

    @Override
    public Future<?> start() {
        EventFeed events = new EventFeed(vertx, liveCaptions, meters);
        feed = events;
        calls.observe(event -> context.runOnContext(_ -> events.publish(event)));
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(settings.listen().getHostAddress())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout((int) LONGEST_SILENCE.toSeconds());
        return vertx.createHttpServer(options)
                .requestHandler(router(events))
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
        return server == null ? Future.succeededFuture() : server.close();
    }

    /// Where it listens, once it was deployed.
    public int port() {
        return Objects.requireNonNull(server, "not deployed yet").actualPort();
    }

    private Router router(EventFeed events) {
        Router router = Router.router(vertx);
        router.route().handler(this::time);
        router.get("/health").handler(this::health);
        if (settings.isLocal()) {
            router.get("/metrics").handler(this::metrics);
        }
        router.route().handler(this::authorize);
        if (!settings.isLocal()) {
            router.get("/metrics").handler(this::metrics);
        }
        router.get("/events").handler(request -> events.add(request.response()));
        router.route().handler(TimeoutHandler.create(LONGEST_ANSWER.toMillis()));
        router.get("/sessions")
                .handler(
                        request ->
                                answer(
                                        request,
                                        200,
                                        Views.sessions(calls.sessions(), calls.costsToday())));
        router.post("/calls")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                .handler(this::originate);
        router.delete("/calls/:id").handler(this::hangUp);
        router.delete("/calls")
                .handler(
                        request ->
                                answer(
                                        request,
                                        202,
                                        new JsonObject().put("ended", calls.hangUpAll())));
        router.errorHandler(400, request -> fail(request, 400, "the request is malformed"));
        router.errorHandler(404, request -> fail(request, 404, "there is nothing at this path"));
        router.errorHandler(405, request -> fail(request, 405, "this path takes no such method"));
        router.errorHandler(
                413, request -> fail(request, 413, "the body exceeds " + LONGEST_BODY + " bytes"));
        router.errorHandler(500, this::broken);
        router.errorHandler(503, request -> fail(request, 503, "no answer in time"));
        return router;
    }

    private void time(RoutingContext request) {
        long began = System.nanoTime();
        request.addEndHandler(
                _ -> meters.answered().record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
        request.next();
    }

    private void authorize(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        String scheme = "bearer ";
        if (header != null
                && header.toLowerCase(Locale.ROOT).startsWith(scheme)
                && settings.token().matches(header.substring(scheme.length()).strip())) {
            request.next();
            return;
        }
        meters.refused().increment();
        request.response().putHeader("WWW-Authenticate", "Bearer realm=\"sandalphone\"");
        fail(
                request,
                401,
                header == null
                        ? "a token is needed: Authorization: Bearer …"
                        : "the token is not the right one");
    }

    private void health(RoutingContext request) {
        JsonObject health = Views.health(checks);
        answer(request, health.getString("status").equals("up") ? 200 : 503, health);
    }

    private void metrics(RoutingContext request) {
        request.response().putHeader("Content-Type", Metrics.CONTENT_TYPE).end(metrics.scrape());
    }

    private void originate(RoutingContext request) {
        CallRequest wanted;
        try {
            wanted = callBody.read(Objects.requireNonNullElse(request.body().asString(), ""));
        } catch (ConfigurationException mistaken) {
            answer(
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
                    answer(request, 201, new JsonObject().put("call", call));
            case Placement.Refused(var reason) -> {
                switch (reason) {
                    case DESTINATION_NOT_ALLOWED ->
                            fail(request, 403, "limits.destinations does not list both numbers");
                    case LIMIT_REACHED ->
                            fail(
                                    request,
                                    429,
                                    "as many calls as limits.max-concurrent-calls live already");
                    case NOT_CONNECTED -> fail(request, 503, "the carrier cannot be reached");
                    case DRAINING ->
                            fail(request, 503, "the controller stops and takes no more calls");
                }
            }
        }
    }

    private void hangUp(RoutingContext request) {
        String id = request.pathParam("id");
        if (calls.hangUp(id)) {
            answer(request, 202, new JsonObject().put("call", id));
        } else {
            fail(request, 404, "there is no such call");
        }
    }

    private void broken(RoutingContext request) {
        log.atError()
                .addKeyValue("path", request.request().path())
                .setCause(request.failure())
                .log("request of an operator failed");
        fail(request, 500, "something broke; the log says what");
    }

    private static void fail(RoutingContext request, int status, String error) {
        answer(request, status, Views.error(error, List.<Problem>of()));
    }

    private static void answer(RoutingContext request, int status, JsonObject body) {
        if (request.response().ended()) {
            // The time-out answered before us.
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.encode() + "\n");
    }
}
