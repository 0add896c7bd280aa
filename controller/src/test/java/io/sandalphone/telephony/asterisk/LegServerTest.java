package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.Loop;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Who may bring the sound of a leg, over real sockets.
class LegServerTest {
    private static final String AUTHORIZATION = "Basic c2FuZGFscGhvbmU6c2VjcmV0";
    private static final long PATIENCE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StreamTokens<LegSocket.Listener> tokens =
            new StreamTokens<>(Duration.ofMinutes(1), NanoClock.system());
    private final Heard heard = new Heard(new VertxLoop(vertx, vertx.getOrCreateContext()));
    private final WebSocketClient client = vertx.createWebSocketClient();
    private LegServer server = server(0);

    /// What came over a connection, as it came.
    private static final class Heard implements LegSocket.Listener {
        private final Loop loop;
        private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

        Heard(Loop loop) {
            this.loop = loop;
        }

        @Override
        public Loop loop() {
            return loop;
        }

        @Override
        public void opened(LegSocket socket) {
            events.add(socket);
        }

        @Override
        public void message(MediaMessage message) {
            events.add(message);
        }

        @Override
        public void sound(byte[] bytes) {
            events.add(bytes);
        }

        @Override
        public void closed() {
            events.add("closed");
        }

        Object next() throws InterruptedException {
            Object event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(event != null, "nothing came");
            return event;
        }
    }

    private LegServer server(int port) {
        return new LegServer(
                vertx,
                vertx.getOrCreateContext(),
                new LegSettings("127.0.0.1", port),
                AUTHORIZATION,
                tokens,
                LegMeters.register(registry));
    }

    @BeforeEach
    void start() throws Exception {
        await(server.start());
    }

    @AfterEach
    void stop() throws Exception {
        await(server.stop());
        await(vertx.close());
    }

    @Test
    void text_and_sound_pass_both_ways_until_one_of_them_closes() throws Exception {
        WebSocket asterisk =
                await(
                        connect(
                                server.port(),
                                "/asterisk/media",
                                AUTHORIZATION,
                                "media",
                                tokens.issue(heard)));
        var received = new LinkedBlockingQueue<Object>();
        asterisk.textMessageHandler(received::add);
        asterisk.binaryMessageHandler(sound -> received.add(sound.length()));
        await(asterisk.writeTextMessage(started("")));
        var socket = assertInstanceOf(LegSocket.class, heard.next());
        await(asterisk.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3})));
        assertEquals(MediaMessage.read(started("")), heard.next());
        assertArrayEquals(new byte[] {1, 2, 3}, (byte[]) heard.next());
        socket.write("{\"command\":\"ANSWER\"}");
        socket.write(new byte[160]);
        assertEquals("{\"command\":\"ANSWER\"}", received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(160, received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        socket.close();
        assertEquals("closed", heard.next());
    }

    @Test
    void a_connection_that_was_closed_takes_nothing_and_throws_nothing() throws Exception {
        WebSocket asterisk =
                await(
                        connect(
                                server.port(),
                                "/asterisk/media",
                                AUTHORIZATION,
                                "media",
                                tokens.issue(heard)));
        await(asterisk.writeTextMessage(started("")));
        var socket = assertInstanceOf(LegSocket.class, heard.next());
        assertEquals(MediaMessage.read(started("")), heard.next());
        await(asterisk.close());
        assertEquals("closed", heard.next());
        assertTrue(socket.isCongested());
        socket.write("{\"command\":\"HANGUP\"}");
        socket.write(new byte[160]);
        socket.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/asterisk/media, Basic eDp5, media, 401, authorization",
        "/asterisk/media, '', media, 401, authorization",
        "/asterisk/media, right, chat, 400, protocol",
        "/elsewhere, right, media, 404, ''",
    })
    void nobody_else_is_let_in(
            String path, String authorization, String subprotocol, int status, String counted)
            throws Exception {
        String shown = authorization.equals("right") ? AUTHORIZATION : authorization;
        String token = tokens.issue(heard);
        var refusal =
                assertThrows(
                        UpgradeRejectedException.class,
                        () -> await(connect(server.port(), path, shown, subprotocol, token)));
        assertEquals(status, refusal.getStatus());
        assertTrue(tokens.claim(token), "a token is not used up by who is not let in");
        if (!counted.isEmpty()) {
            assertEquals(
                    1,
                    registry.get("sandalphone.asterisk.legs.refused")
                            .tag("reason", counted)
                            .counter()
                            .count());
        }
    }

    @Test
    void a_token_is_good_for_one_connection() throws Exception {
        String token = tokens.issue(heard);
        await(await(connect(token)).writeTextMessage(started(token)));
        assertInstanceOf(LegSocket.class, heard.next());
        assertEquals(MediaMessage.read(started(token)), heard.next());
        WebSocket second = await(connect(token));
        Promise<Void> closed = Promise.promise();
        second.closeHandler(_ -> closed.complete());
        await(second.writeTextMessage(started(token)));
        // It may have been closed by then.
        await(second.writeBinaryMessage(Buffer.buffer(new byte[] {1})).otherwiseEmpty());
        await(closed.future());
        assertEquals(1, counted("refused", "reason", "token_used"));
        assertTrue(heard.events.isEmpty());
    }

    private static String started(String token) {
        return """
        {"event":"MEDIA_START","channel_id":"c","format":"ulaw","channel_variables":{"SP_TOKEN":"%s"}}
        """
                .formatted(token)
                .strip();
    }

    private double counted(String meter, String... tags) {
        return registry.get("sandalphone.asterisk.legs." + meter).tags(tags).counter().count();
    }

    private Future<WebSocket> connect(String token) {
        return connect(server.port(), "/asterisk/media", AUTHORIZATION, "media", token);
    }

    /// Asterisk keeps what a connection adds to the address in a place that all connections share.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_connections_with_the_token_of_one_come_each_to_its_own_leg(boolean itsOwnFirst)
            throws Exception {
        var other = new Heard(new VertxLoop(vertx, vertx.getOrCreateContext()));
        String ours = tokens.issue(heard);
        String others = tokens.issue(other);
        WebSocket first = await(connect(others));
        WebSocket second = await(connect(others));
        await(first.writeBinaryMessage(Buffer.buffer(new byte[] {9})));
        await(first.writeTextMessage(started(itsOwnFirst ? others : ours)));
        await(second.writeTextMessage(started(itsOwnFirst ? ours : others)));
        for (Heard each : List.of(heard, other)) {
            assertInstanceOf(LegSocket.class, each.next());
        }
        assertEquals(MediaMessage.read(started(ours)), heard.next());
        assertEquals(MediaMessage.read(started(others)), other.next());
        await((itsOwnFirst ? second : first).writeBinaryMessage(Buffer.buffer(new byte[] {1})));
        assertArrayEquals(new byte[] {1}, (byte[]) heard.next());
        await((itsOwnFirst ? second : first).close());
        assertEquals("closed", heard.next());
        assertTrue(other.events.isEmpty());
        assertEquals(1, counted("crossed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "torn"})
    void what_is_left_of_an_address_keeps_no_connection_from_its_leg(String shown)
            throws Exception {
        String token = tokens.issue(heard);
        await(await(connect(shown)).writeTextMessage(started(token)));
        assertInstanceOf(LegSocket.class, heard.next());
        assertEquals(MediaMessage.read(started(token)), heard.next());
    }

    @Test
    void a_connection_whose_own_leg_waits_for_nobody_is_heard_by_nobody() throws Exception {
        String ours = tokens.issue(heard);
        var gone = new Heard(new VertxLoop(vertx, vertx.getOrCreateContext()));
        String its = tokens.issue(gone);
        tokens.withdraw(gone);
        WebSocket stray = await(connect(ours));
        Promise<Void> closed = Promise.promise();
        stray.closeHandler(_ -> closed.complete());
        await(stray.writeTextMessage(started(its)));
        await(closed.future());
        assertTrue(gone.events.isEmpty());
        assertEquals(1, counted("refused", "reason", "token_unknown"));
        // And the leg whose token it showed goes on waiting.
        await(await(connect(ours)).writeTextMessage(started(ours)));
        assertInstanceOf(LegSocket.class, heard.next());
        assertEquals(MediaMessage.read(started(ours)), heard.next());
    }

    @Test
    void a_port_that_another_controller_gives_free_is_taken_then() throws Exception {
        HttpServer other =
                await(vertx.createHttpServer().requestHandler(_ -> {}).listen(0, "127.0.0.1"));
        int port = other.actualPort();
        await(server.stop());
        server = server(port);
        Future<?> started = server.start();
        await(refusedAt(port));
        assertFalse(started.isComplete());
        await(other.close());
        await(started);
        assertEquals(Optional.empty(), server.unavailableReason());
        assertEquals(port, server.port());
    }

    /// Completes when the server says that it cannot listen there.
    private Future<?> refusedAt(int port) {
        Promise<Void> refused = Promise.promise();
        long timer =
                vertx.setPeriodic(
                        10,
                        _ -> {
                            if (server.unavailableReason()
                                    .orElse("")
                                    .startsWith("127.0.0.1:" + port)) {
                                refused.tryComplete();
                            }
                        });
        return refused.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private Future<WebSocket> connect(
            int port, String path, String authorization, String subprotocol, String token) {
        var options =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path + "?token=" + token)
                        .setSubProtocols(List.of(subprotocol));
        if (!authorization.isEmpty()) {
            options.putHeader("Authorization", authorization);
        }
        return client.connect(options);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
