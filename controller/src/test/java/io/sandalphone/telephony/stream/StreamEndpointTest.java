package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.testing.WrittenLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Sockets that no carrier vouches for.
class StreamEndpointTest {
    private final WrittenLog written = new WrittenLog(StreamEndpoint.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong now = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private WebSocketClient sockets;
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        new StreamEndpoint(List.of(), Optional.empty(), StreamMeters.register(registry), now::get)
                .mount(router);
        sockets = vertx.createWebSocketClient();
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        written.close();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void refused(int times) {
        for (int i = 0; i < times; i++) {
            int status =
                    sockets.connect(server.actualPort(), "127.0.0.1", StreamEndpoint.PATH)
                            .toCompletionStage()
                            .thenApply(_ -> 101)
                            .exceptionally(StreamEndpointTest::status)
                            .toCompletableFuture()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join();
            assertEquals(403, status);
        }
    }

    private static int status(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof UpgradeRejectedException rejection ? rejection.getStatus() : 0;
    }

    /// How many sockets each line is about.
    private List<String> lines() {
        return written.events().stream()
                .flatMap(event -> event.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals("sockets"))
                .map(pair -> String.valueOf(pair.value))
                .toList();
    }

    @Test
    void strangers_are_all_counted_and_fill_no_log() {
        refused(20);
        assertEquals(List.of("1"), lines());
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        refused(1);
        assertEquals(List.of("1", "20"), lines());
        assertEquals(
                21,
                registry.get("sandalphone.stream.refused")
                        .tag("reason", StreamRefusal.UNANNOUNCED.word())
                        .counter()
                        .count());
    }
}
