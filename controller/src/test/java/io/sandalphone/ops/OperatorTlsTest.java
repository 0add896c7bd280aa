package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The listener with a certificate of its own.
class OperatorTlsTest {
    @TempDir private Path folder;

    @Test
    void operators_are_served_by_tls_and_by_nothing_else() throws Exception {
        var own = new SelfSigned(folder);
        try (var running =
                        new RunningServer(
                                "127.0.0.1",
                                false,
                                new ConnectionLimits(
                                        100, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                                Optional.of(own.files()));
                HttpClient client = HttpClient.newBuilder().sslContext(own.trust()).build()) {
            URI health = URI.create("https://localhost:" + running.server.port() + "/health");
            assertEquals(
                    200,
                    client.send(
                                    HttpRequest.newBuilder(health).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode());
            assertThrows(IOException.class, () -> running.send("GET", "/health", ""));
        }
    }
}
