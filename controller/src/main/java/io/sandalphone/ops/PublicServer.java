package io.sandalphone.ops;

import static io.sandalphone.ops.CertificateDates.State.EXPIRED;
import static io.sandalphone.ops.CertificateDates.State.NOT_YET_VALID;
import static io.sandalphone.ops.CertificateDates.State.RENEWAL_OVERDUE;

import io.sandalphone.metrics.Metrics;
import io.sandalphone.web.Answers;
import io.sandalphone.web.MethodNotAllowed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The listener that the world reaches: what carriers and browsers ask for, and `GET /health`, which
/// says how we are in one word ([HealthStatus]). All of it runs on the event loop on which it is deployed.
///
/// The paths are those of the parts it is given. Each decides by itself who may ask for what.
public final class PublicServer extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(PublicServer.class);

    private final PublicHttpSettings settings;
    private final List<HealthCheck> checks;
    private final List<Consumer<Router>> parts;
    private final int longestMessage;
    private final ConnectionCounters counters;
    private final Optional<Operators> operators;
    private final InstantSource clock;

    private @Nullable OperatorPaths paths;
    private @Nullable HttpServer server;
    private @Nullable ConnectionGuard guard;
    private volatile @Nullable TlsRenewal renewal;
    private @Nullable Router router;

    /// `parts` add their paths to the router that they are given. `longestMessage` is how many bytes a
    /// message of a WebSocket may have. `operators` are served here too, behind their token, where they are given.
    public PublicServer(
            PublicHttpSettings settings,
            List<HealthCheck> checks,
            List<Consumer<Router>> parts,
            int longestMessage,
            Optional<Operators> operators,
            InstantSource clock,
            Metrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.checks = List.copyOf(checks);
        this.parts = List.copyOf(parts);
        this.longestMessage = longestMessage;
        this.operators = operators;
        PublicMeters meters = PublicMeters.register(metrics.registry());
        counters = meters.connections();
        if (settings.tls().isPresent()) {
            meters.certificateEnd(
                    () ->
                            Optional.ofNullable(renewal)
                                    .map(TlsRenewal::dates)
                                    .map(CertificateDates::until));
        }
    }

    @Override
    public Future<?> start() {
        var connections = new ConnectionGuard(vertx, settings.connections(), counters);
        guard = connections;
        var options =
                new HttpServerOptions()
                        .setHost(settings.listen().getHostAddress())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false)
                        .setTcpNoDelay(true)
                        // Sound in G.711 hardly gets smaller, and is worth no millisecond of a
                        // loop.
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setMaxWebSocketFrameSize(longestMessage)
                        .setMaxWebSocketMessageSize(longestMessage);
        Optional<HttpTls> tls = settings.tls();
        Optional<TlsRenewal.Stamp> stamp;
        Optional<CertificateDates> dates;
        try {
            stamp =
                    tls.isPresent()
                            ? Optional.of(TlsRenewal.Stamp.of(tls.get()))
                            : Optional.empty();
            dates =
                    tls.isPresent()
                            ? Optional.of(CertificateDates.read(tls.get().certificate()))
                            : Optional.empty();
        } catch (IOException unreadable) {
            return Future.failedFuture(unreadable);
        }
        tls.ifPresent(
                files -> options.setSsl(true).setKeyCertOptions(TlsRenewal.certificate(files)));
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(Framing.unambiguous(connections, router(connections)))
                .listen()
                .onSuccess(
                        listening -> {
                            server = listening;
                            stamp.ifPresent(
                                    seen ->
                                            renewal =
                                                    new TlsRenewal(
                                                            vertx,
                                                            listening,
                                                            tls.orElseThrow(),
                                                            seen,
                                                            dates.orElseThrow(),
                                                            clock));
                            log.atInfo()
                                    .addKeyValue("address", options.getHost())
                                    .addKeyValue("port", listening.actualPort())
                                    .log("carriers and browsers can connect");
                        });
    }

    private Router router(ConnectionGuard connections) {
        Router router = Router.router(vertx);
        this.router = router;
        router.route().handler(connections::handle);
        router.route("/health")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::health);
        parts.forEach(part -> part.accept(router));
        operators.ifPresent(
                served -> {
                    var asked =
                            new OperatorPaths(
                                    served,
                                    () -> Health.of(checks).whole(),
                                    vertx,
                                    settings.connections().max() / 20);
                    paths = asked;
                    asked.mountBehindToken(router);
                });
        router.errorHandler(400, request -> Answers.fail(request, 400, "the request is malformed"));
        router.errorHandler(
                404, request -> Answers.fail(request, 404, "there is nothing at this path"));
        router.errorHandler(405, new MethodNotAllowed(router));
        router.errorHandler(500, PublicServer::broken);
        return router;
    }

    /// How we are, without what is wrong: that is nobody's but the operator's.
    private void health(RoutingContext request) {
        var health = Health.of(checks);
        Answers.send(request, health.status().httpStatus(), health.word());
    }

    private static void broken(RoutingContext request) {
        log.atError()
                .addKeyValue("method", request.request().method().name())
                .setCause(request.failure())
                .log("request from outside failed");
        Answers.fail(request, 500, "something broke");
    }

    @Override
    public Future<?> stop() {
        Optional.ofNullable(paths).ifPresent(OperatorPaths::close);
        Optional.ofNullable(renewal).ifPresent(TlsRenewal::close);
        Optional.ofNullable(guard).ifPresent(ConnectionGuard::close);
        return server == null ? Future.succeededFuture() : server.close();
    }

    /// Looks now whether the certificate's files have changed, and serves with the new ones.
    Future<?> renewCertificate() {
        TlsRenewal served = renewal;
        return served == null ? Future.succeededFuture() : served.look();
    }

    /// Of the certificate, where the listener speaks TLS itself; `expired` is what is lost without a valid one. It
    /// is told at the operators' listener: nobody who minds asks here.
    public List<HealthCheck> certificateChecks(HealthCheck.Kind expired) {
        return settings.tls().isEmpty()
                ? List.of()
                : List.of(
                        new HealthCheck(
                                "certificate",
                                expired,
                                () -> certificate(Set.of(EXPIRED, NOT_YET_VALID))),
                        new HealthCheck(
                                "certificate renewal",
                                HealthCheck.Kind.NOTICE,
                                () -> certificate(Set.of(RENEWAL_OVERDUE))));
    }

    private Optional<String> certificate(Set<CertificateDates.State> faults) {
        TlsRenewal served = renewal;
        Instant now = clock.instant();
        return Optional.ofNullable(served)
                .map(TlsRenewal::dates)
                .filter(dates -> faults.contains(dates.at(now)))
                .map(dates -> dates.describe(now));
    }

    /// What it serves, once it was deployed.
    public List<Route> routes() {
        return Objects.requireNonNull(router, "not deployed yet").getRoutes();
    }

    /// Where it listens, once it was deployed.
    public int port() {
        return Objects.requireNonNull(server, "not deployed yet").actualPort();
    }
}
