package io.sandalphone.telephony.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class WebSocketWireTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private static <T> T await(Promise<T> promise) throws Exception {
        return promise.future().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_connection_that_was_closed_is_full_and_throws_nothing() throws Exception {
        Promise<ServerWebSocket> opened = Promise.promise();
        Promise<Void> closed = Promise.promise();
        int port =
                vertx.createHttpServer()
                        .webSocketHandler(
                                socket -> {
                                    socket.closeHandler(_ -> closed.complete());
                                    opened.complete(socket);
                                })
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
        var client = vertx.createWebSocketClient().connect(port, "127.0.0.1", "/").await();
        ServerWebSocket socket = await(opened);
        var wire = new WebSocketWire(socket);
        assertFalse(wire.isFull());
        client.close().await();
        await(closed);
        // That is what it would be without us.
        assertThrows(IllegalStateException.class, socket::writeQueueFull);
        assertTrue(wire.isFull());
        wire.text("late");
        wire.binary(new byte[2]);
        wire.close(1000, "late");
    }
}
