package io.sandalphone.telephony.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.config.Secret;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.web.HttpReference;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A telephone system that speaks HTTP, with a real server and real time.
@Timeout(60)
class HttpLegServerTest {
    private static final String TOKEN = "a-token-of-the-test";
    private static final String CALL =
            "{\"from\":\"+12125550101\",\"to\":\"+12125550100\",\"format\":\"%s\"}";
    private static final Consumer<CallConnection> ECHO = CallConnection::echo;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HttpLegMeters meters = HttpLegMeters.register(registry);
    private final MixedBridges bridges = new MixedBridges(BusMeters.register(registry));
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Arrival> arrivals = Collections.synchronizedList(new ArrayList<>());
    // What becomes of the calls that arrive.
    private volatile Consumer<CallConnection> fate = ECHO;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        var loop = new VertxLoop(vertx, vertx.getOrCreateContext());
        var server =
                new HttpLegServer(
                        new TokenCheck(
                                new Secret(TOKEN),
                                TokenMeters.register(registry),
                                System::nanoTime),
                        loop,
                        this::arrived,
                        (context, leg) ->
                                bridges.arrived(
                                        context,
                                        leg,
                                        (_, _) -> {
                                            throw new IllegalStateException("nobody is rung");
                                        }),
                        meters);
        var router = Router.router(vertx);
        server.mount(router);
        port =
                await(
                                vertx.createHttpServer(
                                                new HttpServerOptions()
                                                        .setHttp2ClearTextEnabled(false))
                                        .requestHandler(router)
                                        .listen(0))
                        .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void arrived(Arrival arrival) {
        arrivals.add(arrival);
        CallConnection connection = arrival.connect(Optional.empty());
        connection.listen(_ -> {});
        fate.accept(connection);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HttpReference.documented(
                "public", client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    private HttpResponse<byte[]> post(String path, String json) throws Exception {
        return send(request(path).POST(BodyPublishers.ofString(json)));
    }

    private HttpResponse<byte[]> media(String callId, int sequence, String type, byte[] body)
            throws Exception {
        return send(
                request("/asterisk/media?callId=" + callId + "&seq=" + sequence)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<byte[]> next(String callId) throws Exception {
        return send(request("/asterisk/egress/next?callId=" + callId + "&wait=200"));
    }

    private String call(String format) throws Exception {
        var answer = post("/asterisk/inbound", CALL.formatted(format));
        assertEquals(201, answer.statusCode());
        return json(answer).getString("callId");
    }

    private static JsonObject json(HttpResponse<byte[]> answer) {
        return new JsonObject(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static byte[] sound(int bytes) {
        var body = new byte[bytes];
        Arrays.fill(body, (byte) 0x20);
        return body;
    }

    @ParameterizedTest
    @CsvSource({"ulaw, audio/basic, 8", "slin16, audio/L16;rate=16000, 32"})
    void a_caller_is_announced_brings_sound_fetches_sound_and_ends(
            String format, String type, int bytesPerMilli) throws Exception {
        String callId = call(format);
        assertEquals("+12125550100", arrivals.getFirst().called());
        assertEquals("+12125550101", arrivals.getFirst().caller().number());
        assertEquals(204, media(callId, 1, type, sound(1000 * bytesPerMilli)).statusCode());
        byte silence = (byte) (format.equals("ulaw") ? 0xff : 0);
        boolean heard = false;
        for (int i = 0; i < 500 && !heard; i++) {
            HttpResponse<byte[]> piece = next(callId);
            assertEquals(200, piece.statusCode());
            assertEquals(type, piece.headers().firstValue("Content-Type").orElse(""));
            assertEquals(0, piece.body().length % (20 * bytesPerMilli));
            assertTrue(piece.body().length <= 200 * bytesPerMilli);
            for (byte each : piece.body()) {
                heard |= each != silence;
            }
        }
        assertTrue(heard, "what was said comes back");
        String end = "{\"callId\":\"" + callId + "\",\"cause\":\"busy\"}";
        assertEquals(200, post("/asterisk/end", end).statusCode());
        assertEquals(200, post("/asterisk/end", end).statusCode());
        assertEquals(410, media(callId, 1000, type, sound(20 * bytesPerMilli)).statusCode());
        HttpResponse<byte[]> gone = next(callId);
        assertEquals(410, gone.statusCode());
        assertEquals("busy", json(gone).getString("cause"));
    }

    @ParameterizedTest
    @CsvSource({
        "UNALLOCATED, 404",
        "REJECTED, 403",
        "ROUTING_LOOP, 403",
        "CONGESTION, 503",
        "FAILURE, 503"
    })
    void a_caller_who_is_refused_learns_why(HangupCause cause, int status) throws Exception {
        fate = connection -> connection.release(cause);
        var answer = post("/asterisk/inbound", CALL.formatted("ulaw"));
        assertEquals(status, answer.statusCode());
        assertEquals(status == 503, answer.headers().firstValue("Retry-After").isPresent());
        assertEquals(1, meters.refused().count());
    }

    @Test
    void while_we_stop_the_telephone_system_is_to_try_again() throws Exception {
        fate = CallConnection::returnToDialplan;
        var answer = post("/asterisk/inbound", CALL.formatted("ulaw"));
        assertEquals(503, answer.statusCode());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void a_fault_of_ours_is_answered_too() throws Exception {
        fate =
                _ -> {
                    throw new IllegalStateException("as planned");
                };
        assertEquals(503, post("/asterisk/inbound", CALL.formatted("ulaw")).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "no json",
                "[]",
                "{}",
                "{\"to\":\"+12125550100\"}",
                "{\"to\":\"+12125550100\",\"format\":\"mp3\"}",
                "{\"from\":\"+12125550101\",\"format\":\"ulaw\"}",
                "{\"to\":5,\"format\":\"ulaw\"}"
            })
    void an_announcement_that_lacks_something_is_malformed(String body) throws Exception {
        assertEquals(400, post("/asterisk/inbound", body).statusCode());
        assertEquals(List.of(), arrivals);
    }

    @Test
    void nothing_is_done_for_who_does_not_show_the_token() throws Exception {
        for (String path : List.of("inbound", "media?callId=x&seq=1", "end", "egress/next")) {
            var builder =
                    HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/asterisk/" + path));
            if (!path.startsWith("egress")) {
                builder.POST(BodyPublishers.ofString("{}"));
            }
            assertEquals(401, send(builder).statusCode(), path);
            builder.header("Authorization", "Bearer another");
            assertEquals(401, send(builder).statusCode(), path);
        }
        assertEquals(8, registry.get("sandalphone.http.unauthorized").counter().count());
        assertEquals(List.of(), arrivals);
    }

    @Test
    void sound_that_cannot_be_used_is_refused_and_says_why() throws Exception {
        String callId = call("ulaw");
        assertEquals(204, media(callId, 3, "audio/basic", sound(160)).statusCode());
        assertEquals(409, media(callId, 3, "audio/basic", sound(160)).statusCode());
        assertEquals(400, media(callId, 4, "audio/basic", sound(159)).statusCode());
        assertEquals(413, media(callId, 4, "audio/basic", sound(8001)).statusCode());
        assertEquals(413, media(callId, 4, "audio/basic", sound(100_000)).statusCode());
        assertEquals(415, media(callId, 4, "audio/mpeg", sound(160)).statusCode());
        assertEquals(400, media(callId, 4, "audio/L16;rate=16000", sound(641)).statusCode());
        assertEquals(404, media("nobody", 4, "audio/basic", sound(160)).statusCode());
        assertEquals(
                400,
                send(request("/asterisk/media?callId=" + callId)
                                .POST(BodyPublishers.ofByteArray(sound(160))))
                        .statusCode());
        assertEquals(204, media(callId, 4, "audio/basic", sound(160)).statusCode());
    }

    @Test
    void nothing_is_to_be_fetched_of_a_call_that_nobody_announced() throws Exception {
        assertEquals(404, next("nobody").statusCode());
        assertEquals(400, send(request("/asterisk/egress/next")).statusCode());
        String callId = call("ulaw");
        assertEquals(
                400,
                send(request("/asterisk/egress/next?callId=" + callId + "&wait=99999"))
                        .statusCode());
        assertEquals(404, post("/asterisk/end", "{\"callId\":\"nobody\"}").statusCode());
    }
}
