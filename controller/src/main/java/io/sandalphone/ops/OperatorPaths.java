package io.sandalphone.ops;

import io.sandalphone.call.CallRequest;
import io.sandalphone.call.Placement;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.web.Answers;
import io.sandalphone.web.RequestBody;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.TimeoutHandler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What operators ask for, at whichever listener, but for `/health`; behind the token, where that listener does
/// not ask for it itself. Runs on the loop on which it is opened.
///
/// | request | answer |
/// |---|---|
/// | `GET /metrics` | Prometheus' text |
/// | `GET /sessions` | the live calls, and what the day has cost |
/// | `GET /dashboard` | what the operators' page shows, in one document |
/// | `POST /calls` | 201 and the call that begins; 400, 403, 429, 503 when none does |
/// | `DELETE /calls/{id}` | 202, the call is being ended; 404 when there is none |
/// | `PUT /calls/{id}/interpretation` | 202, the call is being interpreted, or no more; 404 when there is none |
/// | `DELETE /calls` | 202, all calls are being ended; nothing else ends more than one |
/// | `POST /routes/reload` | the numbers file is read: 200 it is in use, 422 it has mistakes and the one before stays, 404 there is none |
/// | `GET /events` | what happens to calls, as Server-Sent Events |
///
/// What is read by GET can be asked for by HEAD too, but for the events. A path is written in one way
/// only, without empty parts, dots or a slash at its end.
///
/// Errors are JSON: `{"error": a sentence, "details": [{"key", "found", "expected"}…]}`.
final class OperatorPaths implements AutoCloseable {
    private static final int LONGEST_BODY = 16 * 1024;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    /// All of them, as routers know them.
    private static final List<String> PATHS =
            List.of(
                    "/metrics",
                    "/events",
                    "/sessions",
                    "/dashboard",
                    "/calls",
                    "/calls/*",
                    "/routes/reload");

    private final Operators operators;
    private final Context context;
    private final CallBody callBody;
    private final EventFeed feed;
    private final Supplier<JsonObject> health;

    /// Opens them on the loop that calls. `health` is what `/health` tells, asked on several threads. At most `maxWatchers`
    /// clients watch the events.
    OperatorPaths(Operators operators, Supplier<JsonObject> health, Vertx vertx, int maxWatchers) {
        this.operators = operators;
        this.health = health;
        context = vertx.getOrCreateContext();
        callBody = new CallBody(operators.terms(), operators.calls()::carriers);
        feed =
                new EventFeed(
                        context,
                        dashboard(),
                        operators.liveCaptions(),
                        maxWatchers,
                        operators.meters());
        operators
                .calls()
                .observe(
                        new EventQueue(
                                task -> context.runOnContext(_ -> task.run()),
                                feed,
                                operators.meters().eventsDropped()));
    }

    /// Adds them to a router that has other paths too, each behind the token.
    void mountBehindToken(Router router) {
        for (String path : PATHS) {
            router.route(path)
                    .handler(this::time)
                    .handler(operators.check())
                    .handler(OperatorPaths::screen)
                    .handler(new RequestBody(LONGEST_BODY));
        }
        mount(router);
        router.errorHandler(503, request -> Answers.fail(request, 503, "no answer in time"));
    }

    /// Adds them to a router on which requests were let through and read by then.
    void mount(Router router) {
        read(router, "/metrics", this::metrics);
        router.get("/events").handler(feed::add);
        router.head("/events").handler(request -> request.fail(405));
        read(router, "/sessions", this::sessions);
        read(router, "/dashboard", this::wholeDashboard);
        limited(router.post("/calls")).handler(this::originate);
        limited(router.delete("/calls/:id")).handler(this::hangUp);
        limited(router.put("/calls/:id/interpretation")).handler(this::interpret);
        limited(router.delete("/calls")).handler(this::hangUpAll);
        limited(router.post("/routes/reload")).handler(this::reload);
    }

    private static Route limited(Route route) {
        return route.handler(TimeoutHandler.create(LONGEST_ANSWER.toMillis()));
    }

    /// Reads the body of a request.
    static Handler<RoutingContext> body() {
        return new RequestBody(LONGEST_BODY);
    }

    /// What is read by GET and by HEAD.
    static void read(Router router, String path, Handler<RoutingContext> handler) {
        limited(router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD)).handler(handler);
    }

    /// Refuses what could mean more than its writer meant: `DELETE /calls/` of a script whose variable
    /// is empty, or `DELETE /calls?id=7f3`, which would end every call.
    static void screen(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!Framing.isPlain(request.path())) {
            context.fail(404);
        } else if (request.method().equals(HttpMethod.DELETE)
                && (request.query() != null || RequestBody.isAnnounced(request))) {
            Answers.fail(context, 400, "DELETE takes neither a query nor a body");
        } else {
            context.next();
        }
    }

    void time(RoutingContext request) {
        long began = System.nanoTime();
        request.addEndHandler(
                _ ->
                        operators
                                .meters()
                                .answered()
                                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
        request.next();
    }

    private void sessions(RoutingContext request) {
        Answers.send(
                request,
                200,
                Views.sessions(operators.calls().sessions(), operators.calls().costsToday()));
    }

    private Dashboard dashboard() {
        return new Dashboard(operators.calls(), health, operators.liveCaptions());
    }

    private void wholeDashboard(RoutingContext request) {
        Dashboard dashboard = dashboard();
        dashboard.changes(System.nanoTime(), System.currentTimeMillis());
        Answers.send(request, 200, dashboard.whole());
    }

    private void metrics(RoutingContext request) {
        request.response()
                .putHeader("Content-Type", Metrics.CONTENT_TYPE)
                .end(operators.metrics().scrape());
    }

    private void originate(RoutingContext request) {
        CallRequest wanted;
        try {
            wanted = callBody.read(RequestBody.of(request).toString());
        } catch (ConfigurationException mistaken) {
            Answers.send(
                    request,
                    400,
                    Views.error("the call cannot be made as described", mistaken.problems()));
            return;
        }
        operators
                .calls()
                .originate(wanted)
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
                                    "limits.destinations does not allow both numbers: list each"
                                        + " there by itself, or by a prefix, which covers no"
                                        + " premium-rate and satellite numbers, nor other countries"
                                        + " that share its code");
                    case EMERGENCY_NUMBER ->
                            Answers.fail(
                                    request,
                                    403,
                                    "one of the numbers is an emergency number: nobody is put"
                                            + " through to those; call it from a telephone");
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
        if (operators.calls().hangUp(id)) {
            Answers.send(request, 202, new JsonObject().put("call", id));
        } else {
            Answers.fail(request, 404, "there is no such call");
        }
    }

    private void interpret(RoutingContext request) {
        InterpretationBody wanted;
        try {
            wanted = InterpretationBody.read(RequestBody.of(request).toString());
        } catch (ConfigurationException mistaken) {
            Answers.send(
                    request, 400, Views.error("the body is not as described", mistaken.problems()));
            return;
        }
        String id = request.pathParam("id");
        if (operators.calls().interpret(id, wanted.speakers(), wanted.on())) {
            Answers.send(request, 202, new JsonObject().put("call", id));
        } else {
            Answers.fail(request, 404, "there is no such call");
        }
    }

    private void hangUpAll(RoutingContext request) {
        Answers.send(request, 202, new JsonObject().put("ended", operators.calls().hangUpAll()));
    }

    /// Reading a file may wait, so a thread of its own does.
    private void reload(RoutingContext request) {
        if (operators.numbers().isEmpty()) {
            Answers.fail(request, 404, "there is no numbers-file in the configuration");
            return;
        }
        NumbersReload numbers = operators.numbers().get();
        Promise<NumbersReload.Outcome> read = Promise.promise();
        Thread.ofVirtual().name("routes-reload").start(() -> complete(read, numbers));
        read.future()
                .onSuccess(outcome -> context.runOnContext(_ -> tell(request, outcome)))
                .onFailure(failure -> context.runOnContext(_ -> request.fail(failure)));
    }

    private static void complete(Promise<NumbersReload.Outcome> read, NumbersReload numbers) {
        try {
            read.complete(numbers.reload());
        } catch (RuntimeException fault) {
            read.fail(fault);
        }
    }

    private static void tell(RoutingContext request, NumbersReload.Outcome outcome) {
        switch (outcome) {
            case NumbersReload.Outcome.Loaded loaded ->
                    Answers.send(request, 200, Views.loaded(loaded));
            case NumbersReload.Outcome.Refused(var problems) ->
                    Answers.send(
                            request,
                            422,
                            Views.error(
                                    "the numbers file has mistakes; the one before it is in use",
                                    problems));
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
