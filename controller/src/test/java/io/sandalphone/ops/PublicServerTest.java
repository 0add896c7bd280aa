package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.metrics.Metrics;
import io.sandalphone.web.HttpReference;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class PublicServerTest {
    @TempDir private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        metrics.close();
    }

    private PublicServer server(Optional<HttpTls> tls, List<HealthCheck> checks) throws Exception {
        return server(tls, checks, Optional.empty());
    }

    private PublicServer server(
            Optional<HttpTls> tls, List<HealthCheck> checks, Optional<Operators> operators)
            throws Exception {
        Consumer<Router> part =
                router -> {
                    router.get("/part").handler(it -> it.end("a part"));
                    router.get("/socket").handler(it -> it.request().toWebSocket());
                };
        var server =
                new PublicServer(
                        new PublicHttpSettings(
                                InetAddress.getLoopbackAddress(),
                                0,
                                new ConnectionLimits(
                                        100, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                                tls),
                        checks,
                        List.of(part),
                        1000,
                        operators,
                        InstantSource.system(),
                        metrics);
        vertx.deployVerticle(server)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return server;
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void the_world_learns_whether_the_gateway_is_well_and_not_what_is_wrong() throws Exception {
        var broken =
                new HealthCheck(
                        "asterisk",
                        HealthCheck.Kind.CALLS,
                        () -> Optional.of("Asterisk at 10.0.0.7 is gone"));
        PublicServer server = server(Optional.empty(), List.of(broken));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var health =
                    HttpReference.documented(
                            "public", get(client, "http://localhost:" + server.port() + "/health"));
            assertEquals(503, health.statusCode());
            assertEquals("{\"status\":\"down\"}\n", health.body());
        }
    }

    @Test
    void who_watches_from_outside_does_not_restart_what_connects_people() throws Exception {
        var untranslated =
                new HealthCheck(
                        "translator",
                        HealthCheck.Kind.INTERPRETATION,
                        () -> Optional.of("its quota is used up"));
        PublicServer server = server(Optional.empty(), List.of(untranslated));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var health =
                    HttpReference.documented(
                            "public", get(client, "http://localhost:" + server.port() + "/health"));
            assertEquals(200, health.statusCode());
            assertEquals("{\"status\":\"degraded\"}\n", health.body());
        }
    }

    @Test
    void parts_have_their_paths_and_operators_none() throws Exception {
        PublicServer server = server(Optional.empty(), List.of());
        String url = "http://localhost:" + server.port();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertEquals("a part", get(client, url + "/part").body());
            assertEquals(404, get(client, url + "/sessions").statusCode());
            assertEquals(404, get(client, url + "/metrics").statusCode());
        }
    }

    private double open() {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("sandalphone_http_connections{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void a_web_socket_gives_its_place_back_when_it_is_over() throws Exception {
        PublicServer server = server(Optional.empty(), List.of());
        String address = "localhost:" + server.port();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create("ws://" + address + "/socket"),
                                    new WebSocket.Listener() {})
                            .join();
            get(client, "http://" + address + "/part");
            assertEquals(2, open(), "that of the socket, and that of the request");
            socket.abort();
            long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (open() > 1 && System.nanoTime() < until) {
                get(client, "http://" + address + "/part");
            }
            assertEquals(1, open());
        }
    }

    private static HttpResponse<String> ask(
            HttpClient client, String method, String url, String token) throws Exception {
        return HttpReference.documented(
                "public",
                client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void operators_who_are_served_there_too_need_their_token_for_all_they_ask() throws Exception {
        var calls = new FakeCalls();
        calls.live.add(FakeCalls.call("7f3", 0));
        Operators operators = RunningServer.operators(calls, metrics, false);
        PublicServer server = server(Optional.empty(), List.of(), Optional.of(operators));
        String url = "http://localhost:" + server.port();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : List.of("/sessions", "/metrics", "/events", "/calls/7f3")) {
                assertEquals(401, get(client, url + path).statusCode(), path);
                assertEquals(401, ask(client, "DELETE", url + path, "wrong").statusCode(), path);
            }
            assertEquals(1, calls.live.size());
            String token = RunningServer.TOKEN;
            assertEquals(200, ask(client, "GET", url + "/sessions", token).statusCode());
            assertEquals(200, ask(client, "GET", url + "/metrics", token).statusCode());
            assertEquals(400, ask(client, "POST", url + "/calls", token).statusCode());
            assertEquals(404, ask(client, "DELETE", url + "/calls/", token).statusCode());
            assertEquals(1, calls.live.size());
            assertEquals(202, ask(client, "DELETE", url + "/calls/7f3", token).statusCode());
            // What the world may know of our health stays as it is.
            assertEquals("{\"status\":\"up\"}\n", get(client, url + "/health").body());
            assertEquals("a part", get(client, url + "/part").body());
            assertEquals(404, get(client, url + "/nowhere").statusCode());
        }
    }

    @Test
    void a_renewed_certificate_is_served_without_a_restart() throws Exception {
        var first = new SelfSigned(folder);
        HttpTls files = first.files();
        PublicServer server = server(Optional.of(files), List.of());
        String url = "https://localhost:" + server.port() + "/health";
        try (HttpClient before = HttpClient.newBuilder().sslContext(first.trust()).build()) {
            assertEquals(200, get(before, url).statusCode());
        }
        var second = new SelfSigned(folder);
        second.files();
        renewed(server, 1);
        try (HttpClient after = HttpClient.newBuilder().sslContext(second.trust()).build();
                HttpClient before = HttpClient.newBuilder().sslContext(first.trust()).build()) {
            assertEquals(200, get(after, url).statusCode());
            assertThrows(IOException.class, () -> get(before, url));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 90, '', ''",
        "70, 90, '', ''",
        "80, 90, '', and was not renewed",
        "100, 90, carriers and browsers refuse it, ''"
    })
    void what_is_wrong_with_the_time_of_a_certificate_is_told_to_operators(
            int age, int days, String vital, String other) throws Exception {
        var certificate = new SelfSigned(folder, age, days);
        PublicServer server = server(Optional.of(certificate.files()), List.of());
        List<HealthCheck> checks = server.certificateChecks(HealthCheck.Kind.CALLS);
        assertEquals(
                List.of(HealthCheck.Kind.CALLS, HealthCheck.Kind.NOTICE),
                checks.stream().map(HealthCheck::kind).toList());
        for (int i = 0; i < 2; i++) {
            String reason = checks.get(i).unavailableReason().get().orElse("");
            String expected = i == 0 ? vital : other;
            assertEquals(expected.isEmpty(), reason.isEmpty(), reason);
            assertTrue(reason.endsWith(expected), reason);
        }
        // A renewed one puts that right.
        new SelfSigned(folder).files();
        renewed(server, 1);
        checks.forEach(check -> assertEquals(Optional.empty(), check.unavailableReason().get()));
    }

    @Test
    void when_the_certificate_ends_is_measured_also_of_a_renewed_one() throws Exception {
        PublicServer server =
                server(Optional.of(new SelfSigned(folder, 80, 90).files()), List.of());
        assertEquals(10, certificateDays(), 0.1);
        new SelfSigned(folder).files();
        renewed(server, 1);
        assertEquals(90, certificateDays(), 0.1);
    }

    private double certificateDays() {
        double end =
                metrics.scrape()
                        .lines()
                        .filter(
                                line ->
                                        line.startsWith(
                                                "sandalphone_http_certificate_end_seconds "))
                        .mapToDouble(
                                line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .findFirst()
                        .orElseThrow();
        return (end - System.currentTimeMillis() / 1e3) / 86_400;
    }

    @Test
    void a_listener_without_tls_has_nothing_to_say_of_a_certificate() throws Exception {
        assertEquals(
                List.of(),
                server(Optional.empty(), List.of()).certificateChecks(HealthCheck.Kind.CALLS));
    }

    @Test
    void files_that_are_no_certificate_leave_the_old_one_in_place() throws Exception {
        var own = new SelfSigned(folder);
        HttpTls files = own.files();
        PublicServer server = server(Optional.of(files), List.of());
        Files.writeString(files.key(), "half a key");
        renewed(server, 1);
        assertServed(server, own);
    }

    @Test
    void a_key_that_is_not_the_certificates_is_not_served_before_the_other_file_is_there()
            throws Exception {
        var own = new SelfSigned(folder);
        HttpTls files = own.files();
        PublicServer server = server(Optional.of(files), List.of());
        byte[] old = Files.readAllBytes(files.certificate());
        var next = new SelfSigned(folder);
        next.files();
        byte[] renewed = Files.readAllBytes(files.certificate());
        Files.write(files.certificate(), old);
        renewed(server, 1);
        assertServed(server, own);
        Files.write(files.certificate(), renewed);
        renewed(server, 2);
        assertServed(server, next);
    }

    /// Has the server look at its files, whose key was written at second `at`, whatever the resolution of the file
    /// system's clock.
    private void renewed(PublicServer server, int at) throws Exception {
        Files.setLastModifiedTime(folder.resolve("key.pem"), FileTime.fromMillis(1000L * at));
        server.renewCertificate()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static void assertServed(PublicServer server, SelfSigned pair) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(pair.trust()).build()) {
            String url = "https://localhost:" + server.port() + "/health";
            assertEquals(200, get(client, url).statusCode());
        }
    }
}
