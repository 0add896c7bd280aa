package io.sandalphone.ops;

import io.sandalphone.web.Answers;
import io.sandalphone.web.MethodNotAllowed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Objects;

/// The HTTP interface for operators. Deployed on Vert.x it owns one event loop, on which all of it
/// runs; it gets events of calls on theirs and carries them over.
///
/// `GET /health` says how the gateway is ([HealthStatus]), with what is wrong, and needs no token; nor does `GET /metrics` while the
/// listener is on loopback, nor the [page][OperatorPage] `/`. The rest is what [OperatorPaths] says.
public final class OperatorServer extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(OperatorServer.class);

    private final HttpSettings settings;
    private final Operators operators;
    private final List<HealthCheck> checks;

    private @Nullable HttpServer server;
    private @Nullable OperatorPaths paths;
    private @Nullable ConnectionGuard guard;
    private @Nullable Router router;

    public OperatorServer(HttpSettings settings, Operators operators, List<HealthCheck> checks) {
        this.settings = settings;
        this.operators = operators;
        this.checks = List.copyOf(checks);
    }

    @Override
    public Future<?> start() {
        var asked =
                new OperatorPaths(
                        operators,
                        () -> Health.of(checks).whole(),
                        vertx,
                        settings.connections().max() / 2);
        paths = asked;
        ConnectionGuard connections =
                new ConnectionGuard(
                        vertx, settings.connections(), operators.meters().connections());
        guard = connections;
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
                .requestHandler(Framing.unambiguous(connections, router(asked, connections)))
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
        if (paths != null) {
            paths.close();
        }
        if (guard != null) {
            guard.close();
        }
        return server == null ? Future.succeededFuture() : server.close();
    }

    /// What it serves, once it was deployed.
    public List<Route> routes() {
        return Objects.requireNonNull(router, "not deployed yet").getRoutes();
    }

    /// Where it listens, once it was deployed.
    public int port() {
        return Objects.requireNonNull(server, "not deployed yet").actualPort();
    }

    private Router router(OperatorPaths asked, ConnectionGuard connections) {
        Router router = Router.router(vertx);
        this.router = router;
        router.route().handler(asked::time);
        router.route().handler(connections::handle);
        router.route()
                .handler(
                        request -> {
                            if (needsNoToken(request)) {
                                request.next();
                            } else {
                                operators.check().handle(request);
                            }
                        });
        router.route().handler(OperatorPaths::screen);
        router.route().handler(OperatorPaths.body());
        OperatorPaths.read(router, "/health", this::health);
        OperatorPage.mount(router);
        asked.mount(router);
        router.errorHandler(400, request -> Answers.fail(request, 400, "the request is malformed"));
        router.errorHandler(
                404, request -> Answers.fail(request, 404, "there is nothing at this path"));
        router.errorHandler(405, new MethodNotAllowed(router));
        router.errorHandler(500, this::broken);
        router.errorHandler(503, request -> Answers.fail(request, 503, "no answer in time"));
        return router;
    }

    private boolean needsNoToken(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return reads
                && (request.path().equals("/health")
                        || OperatorPage.has(request.path())
                        || (request.path().equals("/metrics") && settings.isLocal()));
    }

    private void health(RoutingContext request) {
        var health = Health.of(checks);
        Answers.send(request, health.status().httpStatus(), health.whole());
    }

    private void broken(RoutingContext request) {
        log.atError()
                .addKeyValue("path", request.request().path())
                .setCause(request.failure())
                .log("request of an operator failed");
        Answers.fail(request, 500, "something broke; the log says what");
    }
}
