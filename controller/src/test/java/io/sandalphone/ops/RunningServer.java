package io.sandalphone.ops;

import io.sandalphone.call.Calls;
import io.sandalphone.config.Secret;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.routing.RoutingSamples;
import io.sandalphone.web.HttpReference;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.Vertx;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An [OperatorServer] on a free port with [FakeCalls] behind it.
final class RunningServer implements AutoCloseable {
    static final String TOKEN = "right-\"token\"\\0123456789";

    final FakeCalls calls = new FakeCalls();
    final Metrics metrics = new Metrics();

    /// Why no call can be connected, if anything is in it.
    final List<String> lost = new ArrayList<>();

    final List<String> reasons = new ArrayList<>();
    final List<String> asides = new ArrayList<>();
    final OperatorServer server;
    final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private final String host;

    RunningServer(String listen, boolean liveCaptions) throws Exception {
        this(
                listen,
                liveCaptions,
                new ConnectionLimits(100, Duration.ofSeconds(10), Duration.ofSeconds(60)));
    }

    RunningServer(String listen, boolean liveCaptions, ConnectionLimits connections)
            throws Exception {
        this(listen, liveCaptions, connections, Optional.empty());
    }

    RunningServer(
            String listen,
            boolean liveCaptions,
            ConnectionLimits connections,
            Optional<HttpTls> tls)
            throws Exception {
        this(listen, liveCaptions, connections, tls, Optional.empty());
    }

    /// One of a gateway with a numbers file.
    RunningServer(NumbersReload numbers) throws Exception {
        this(
                "127.0.0.1",
                false,
                new ConnectionLimits(100, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                Optional.empty(),
                Optional.of(numbers));
    }

    private RunningServer(
            String listen,
            boolean liveCaptions,
            ConnectionLimits connections,
            Optional<HttpTls> tls,
            Optional<NumbersReload> numbers)
            throws Exception {
        server =
                new OperatorServer(
                        new HttpSettings(
                                InetAddress.ofLiteral(listen),
                                0,
                                new Secret(TOKEN),
                                connections,
                                tls),
                        operators(calls, metrics, numbers, liveCaptions),
                        List.of(
                                new HealthCheck(
                                        "ari",
                                        HealthCheck.Kind.CALLS,
                                        () -> lost.stream().findFirst()),
                                new HealthCheck(
                                        "transcriber",
                                        HealthCheck.Kind.INTERPRETATION,
                                        () -> reasons.stream().findFirst()),
                                new HealthCheck(
                                        "transcriber offline",
                                        HealthCheck.Kind.NOTICE,
                                        () -> asides.stream().findFirst())));
        vertx.deployVerticle(server).await(10, TimeUnit.SECONDS);
        host = listen.equals("0.0.0.0") ? "127.0.0.1" : listen;
    }

    /// What operators see of `calls`, whose token is [#TOKEN].
    static Operators operators(Calls calls, Metrics metrics, boolean liveCaptions) {
        return operators(calls, metrics, Optional.empty(), liveCaptions);
    }

    private static Operators operators(
            Calls calls, Metrics metrics, Optional<NumbersReload> numbers, boolean liveCaptions) {
        return new Operators(
                calls,
                RoutingSamples.TERMS,
                metrics,
                OpsMeters.register(metrics.registry()),
                new TokenCheck(
                        new Secret(TOKEN),
                        TokenMeters.register(metrics.registry()),
                        System::nanoTime),
                numbers,
                liveCaptions);
    }

    URI uri(String path) {
        return URI.create("http://" + host + ":" + server.port() + path);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpReference.documented(
                "operators", client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /// With the right token.
    HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return send(method, path, body, "Authorization", "Bearer " + TOKEN);
    }

    /// Stops the server, and not the client, who still reads what was said before.
    void stop() {
        vertx.close().await();
    }

    @Override
    public void close() {
        stop();
        client.shutdownNow();
        metrics.close();
    }
}
