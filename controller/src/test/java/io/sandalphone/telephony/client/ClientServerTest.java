package io.sandalphone.telephony.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.call.Meeting;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.Leg;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.web.HttpReference;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The paths of clients at a real server, over real WebSockets.
class ClientServerTest {
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClientMeters meters = ClientMeters.register(registry);
    private final BlockingQueue<Meeting> meetings = new LinkedBlockingQueue<>();
    private final FakeCalls calls =
            new FakeCalls() {
                @Override
                public void met(Meeting meeting) {
                    ClientServerTest.this.meetings.add(meeting);
                }

                @Override
                public boolean interprets(Language from, Language to) {
                    return from.equals(ClientScene.EN);
                }
            };
    private final BlockingQueue<Leg> legs = new LinkedBlockingQueue<>();
    private final ClientServer clients =
            new ClientServer(
                    vertx,
                    new ClientSettings(3, Duration.ofMinutes(10), Duration.ofSeconds(15)),
                    new ClientServer.Identity(
                            ClientScene.TOKEN,
                            new TokenCheck(
                                    ClientScene.TOKEN,
                                    TokenMeters.register(registry),
                                    System::nanoTime),
                            List.of(ClientScene.EN, ClientScene.ES),
                            Optional.empty(),
                            Set.of("https://friend.example")),
                    new ClientServer.CallSide(
                            new VertxLoop(vertx, vertx.getOrCreateContext()),
                            (_, _, caller, destination) -> join(caller, destination),
                            (_, leg) -> join(leg, leg),
                            calls,
                            new CallTerms(
                                    ClientScene.EN,
                                    ClientScene.ES,
                                    true,
                                    false,
                                    Duration.ofSeconds(30),
                                    Duration.ofMinutes(60))),
                    InstantSource.system(),
                    meters);
    private HttpServer server;

    /// What one hears the other one hears.
    private CallConnection join(Leg caller, Leg destination) {
        caller.listen(_ -> {});
        destination.listen(_ -> {});
        caller.media().hear(frame -> destination.media().send(frame));
        destination.media().hear(frame -> caller.media().send(frame));
        legs.addAll(List.of(caller, destination));
        // Nobody asks it for anything.
        return (CallConnection)
                Proxy.newProxyInstance(
                        CallConnection.class.getClassLoader(),
                        new Class<?>[] {CallConnection.class},
                        (_, method, _) -> {
                            throw new AssertionError(method);
                        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        clients.mount(router);
        server =
                await(
                        vertx.createHttpServer(
                                        new HttpServerOptions().setHttp2ClearTextEnabled(false))
                                .requestHandler(router)
                                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
        http.close();
    }

    private String home() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpReference.documented(
                "public",
                http.send(
                        HttpRequest.newBuilder(URI.create(home() + path)).build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    private HttpResponse<String> postTicket(String token, String body) throws Exception {
        return HttpReference.documented(
                "public",
                http.send(
                        HttpRequest.newBuilder(URI.create(home() + "/tickets"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
    }

    private JsonObject ticket(String callId, String language) throws Exception {
        HttpResponse<String> answer =
                postTicket(
                        ClientScene.TOKEN.reveal(),
                        new JsonObject()
                                .put("callId", callId)
                                .put("language", language)
                                .put("minutes", 5)
                                .encode());
        assertEquals(201, answer.statusCode(), answer::body);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> postStandby(String number) throws Exception {
        return postTicket(
                ClientScene.TOKEN.reveal(),
                new JsonObject()
                        .put("standby", number)
                        .put("language", "es")
                        .put("minutes", 5)
                        .encode());
    }

    @Test
    void nobody_gets_a_ticket_to_stand_by_where_no_call_can_ring() throws Exception {
        calls.browsers.add("+15551230002");

        assertEquals(201, postStandby("+15551230002").statusCode());
        HttpResponse<String> refused = postStandby("+15551230001");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("\"key\":\"standby\""), refused::body);
        assertTrue(refused.body().contains("destination: browser"), refused::body);
    }

    /// A client with what it was sent.
    private final class Client {
        final BlockingQueue<JsonObject> texts = new LinkedBlockingQueue<>();
        final BlockingQueue<Buffer> binaries = new LinkedBlockingQueue<>();
        final BlockingQueue<Short> closes = new LinkedBlockingQueue<>();
        final WebSocket socket;

        Client() throws Exception {
            socket =
                    await(
                            sockets.connect(server.actualPort(), "127.0.0.1", "/client")
                                    .onSuccess(this::listenTo));
        }

        private void listenTo(WebSocket opened) {
            opened.textMessageHandler(text -> texts.add(new JsonObject(text)));
            opened.binaryMessageHandler(binaries::add);
            opened.closeHandler(_ -> closes.add(opened.closeStatusCode()));
        }

        Client init(JsonObject ticket) throws Exception {
            await(
                    socket.writeTextMessage(
                            new JsonObject()
                                    .put("type", "init")
                                    .put("callId", ticket.getString("callId"))
                                    .put("languageHint", "auto")
                                    .put("ticket", ticket.getString("ticket"))
                                    .encode()));
            return this;
        }

        JsonObject next(String type) throws Exception {
            JsonObject message = texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(type, message == null ? null : message.getString("type"));
            return message;
        }
    }

    @Test
    void two_clients_with_links_of_one_call_hear_each_other_each_in_the_form_it_speaks()
            throws Exception {
        JsonObject first = ticket(ClientScene.CALL, "en");
        assertTrue(first.getString("link").startsWith(home() + "/phone#t="), first::encode);
        Client caller = new Client().init(first);
        assertEquals(ClientScene.CALL, caller.next("ready").getString("callId"));
        Client callee = new Client().init(ticket(ClientScene.CALL, "es"));
        callee.next("ready");
        Meeting meeting = meetings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals(first.getString("call"), meeting.callId());
        await(
                callee.socket.writeTextMessage(
                        new JsonObject()
                                .put("type", "audio")
                                .put("callId", ClientScene.CALL)
                                .put("chunk", new byte[640])
                                .encode()));
        assertEquals(640, caller.next("audio_out").getBinary("chunk").length);
        await(caller.socket.writeBinaryMessage(Buffer.buffer(new byte[1280])));
        assertEquals(640, callee.next("audio_out").getBinary("chunk").length);
        callee.next("audio_out");
        await(callee.socket.writeBinaryMessage(Buffer.buffer(new byte[640])));
        assertEquals(640, caller.binaries.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).length());
    }

    @Test
    void a_chunk_of_ten_megabytes_is_told_and_the_connection_ends() throws Exception {
        Client client = new Client();
        var _ = client.socket.writeTextMessage("{\"chunk\":\"" + "A".repeat(10 << 20) + "\"}");
        JsonObject error = client.next("error");
        assertEquals("too-long", error.getString("code"));
        assertEquals((short) 1008, client.closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(
                1,
                registry.get("sandalphone.client.faults")
                        .tag("reason", "too-long")
                        .counter()
                        .count());
    }

    @Test
    void the_answer_to_a_ping_is_no_message_and_ends_none() throws Exception {
        JsonObject ticket = ticket(ClientScene.CALL, "en");
        String init =
                new JsonObject()
                        .put("type", "init")
                        .put("callId", ClientScene.CALL)
                        .put("languageHint", "auto")
                        .put("ticket", ticket.getString("ticket"))
                        .encode();
        Client client = new Client();
        await(client.socket.writePong(Buffer.buffer()));
        await(client.socket.writeFrame(WebSocketFrame.textFrame(init.substring(0, 20), false)));
        await(client.socket.writePong(Buffer.buffer()));
        Buffer rest = Buffer.buffer(init.substring(20));
        await(client.socket.writeFrame(WebSocketFrame.continuationFrame(rest, true)));

        assertEquals(ClientScene.CALL, client.next("ready").getString("callId"));
    }

    @Test
    void a_message_is_too_long_before_all_of_it_is_there() throws Exception {
        Client client = new Client();
        String frame = "A".repeat(ClientConnection.LONGEST_MESSAGE / 2 + 1);
        await(client.socket.writeFrame(WebSocketFrame.textFrame(frame, false)));
        await(
                client.socket.writeFrame(
                        WebSocketFrame.continuationFrame(Buffer.buffer(frame), false)));

        assertEquals("too-long", client.next("error").getString("code"));
        assertEquals((short) 1008, client.closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void a_single_frame_of_ten_megabytes_is_told_without_being_read() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            socket.getOutputStream()
                    .write(
                            """
                            GET /client HTTP/1.1\r
                            Host: 127.0.0.1\r
                            Upgrade: websocket\r
                            Connection: Upgrade\r
                            Sec-WebSocket-Version: 13\r
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                            \r
                            """
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) socket.getInputStream().read());
            }
            // The head of a masked binary frame of 10 MiB (RFC 6455, section 5.2), and nothing
            // after it.
            socket.getOutputStream()
                    .write(new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0, (byte) 0xa0, 0, 0});
            socket.getOutputStream().write(new byte[4]);
            String heard =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(heard.contains("\"code\":\"too-long\""), heard);
            assertTrue(heard.endsWith("too-long"), heard);
        }
        assertEquals(
                1,
                registry.get("sandalphone.client.faults")
                        .tag("reason", "too-long")
                        .counter()
                        .count());
    }

    @Test
    void a_page_of_another_site_may_not_connect() throws Exception {
        assertEquals(403, upgrade("https://elsewhere.example"));
        assertEquals(403, upgrade("null"));
        assertEquals(
                2,
                registry.get("sandalphone.client.connections.refused")
                        .tag("reason", "origin")
                        .counter()
                        .count());
    }

    @Test
    void our_own_page_and_those_that_were_named_may_connect() throws Exception {
        assertEquals(101, upgrade(home()));
        assertEquals(101, upgrade("https://friend.example"));
    }

    private int upgrade(String origin) throws Exception {
        try {
            await(
                    sockets.connect(
                            new WebSocketConnectOptions()
                                    .setPort(server.actualPort())
                                    .setHost("127.0.0.1")
                                    .setURI("/client")
                                    .putHeader("Origin", origin)));
            return 101;
        } catch (ExecutionException failure) {
            return assertInstanceOf(UpgradeRejectedException.class, failure.getCause()).getStatus();
        }
    }

    @Test
    void one_client_more_than_may_be_is_refused() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(101, upgrade(home()));
        }
        assertEquals(503, upgrade(home()));
    }

    @Test
    void a_client_path_that_is_no_websocket_says_so() throws Exception {
        assertEquals(426, get("/client").statusCode());
    }

    @Test
    void tickets_need_the_operators_token() throws Exception {
        HttpResponse<String> answer = postTicket("a-guess", "{\"language\":\"en\",\"minutes\":1}");
        assertEquals(401, answer.statusCode());
        assertEquals(1, registry.get("sandalphone.http.unauthorized").counter().count());
    }

    @Test
    void a_ticket_that_cannot_be_made_is_answered_with_every_mistake() throws Exception {
        HttpResponse<String> answer =
                postTicket(
                        ClientScene.TOKEN.reveal(),
                        """
                        {"callId":"x","language":"tlh","minutes":0,"to":"nobody","more":1}\
                        """);
        assertEquals(400, answer.statusCode());
        for (String key : List.of("callId", "language", "minutes", "to", "more")) {
            assertTrue(answer.body().contains("\"key\":\"" + key + "\""), answer::body);
        }
        assertEquals(400, postTicket(ClientScene.TOKEN.reveal(), "no json").statusCode());
        assertEquals(
                413, postTicket(ClientScene.TOKEN.reveal(), "{" + " ".repeat(20_000)).statusCode());
    }

    @Test
    void the_page_may_do_what_it_needs_and_nothing_else() throws Exception {
        HttpResponse<String> page = get("/phone");
        assertEquals(200, page.statusCode());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(page.body().contains("style="), page::body);
        assertFalse(page.body().matches("(?s).*<script[^>]*>[^<].*"), page::body);
        for (String file :
                List.of("app.js", "call.js", "sound.js", "line.js", "words.js", "phone.css")) {
            HttpResponse<String> part = get("/phone/" + file);
            assertEquals(200, part.statusCode(), file);
        }
        assertEquals(
                new JsonObject(
                        """
                        {"languages":["en","es"],"interprets":[{"from":"en","to":"es"}]}\
                        """),
                new JsonObject(get("/phone/settings.json").body()));
        assertEquals(404, get("/phone/package-info.class").statusCode());
    }
}
