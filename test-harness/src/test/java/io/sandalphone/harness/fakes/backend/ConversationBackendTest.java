package io.sandalphone.harness.fakes.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// With a plain client.
class ConversationBackendTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String START = "/conversation/start";
    private static final String MESSAGE = "/conversation/message";
    private static final BackendSignature SIGNATURE = new BackendSignature("secrét");

    private final ConversationBackend backend =
            new ConversationBackend(ConversationBackendTest::reply, Optional.of(SIGNATURE));
    private final HttpFake fake =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, backend);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        client.shutdownNow();
        fake.close();
    }

    private static BackendReply reply(BackendRequest request) {
        return switch (request.text()) {
            case "bye" -> BackendReply.says("Goodbye.").andEnds();
            case "human" -> BackendReply.says("One moment.").andTransfersTo("+34600000002");
            default -> BackendReply.says("You said " + request.text());
        };
    }

    private static JsonObject said(String text) {
        return new JsonObject()
                .put("callId", "c1")
                .put("from", "+15550199")
                .put("to", "+15550100")
                .put("language", "es")
                .put("text", text);
    }

    private HttpResponse<String> post(String path, JsonObject body) throws Exception {
        return client.send(request(path, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, JsonObject body) {
        return signed(path, body, Instant.now().getEpochSecond(), SIGNATURE);
    }

    private HttpRequest signed(
            String path, JsonObject body, long seconds, BackendSignature signature) {
        String timestamp = Long.toString(seconds);
        return HttpRequest.newBuilder(fake.address().resolve(path))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("X-Timestamp", timestamp)
                .header(
                        "X-Signature",
                        signature.sign(timestamp, body.encode().getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
    }

    @Test
    void a_conversation_begins_goes_on_and_ends() throws Exception {
        assertEquals("{\"reply\":\"You said sí\"}", post(START, said("sí")).body());
        var history = new JsonArray().add(new JsonObject().put("role", "user").put("text", "sí"));
        assertEquals(
                "{\"reply\":\"One moment.\",\"transferTo\":\"+34600000002\"}",
                post(MESSAGE, said("human").put("history", history)).body());
        assertEquals("{\"reply\":\"Goodbye.\",\"end\":true}", post(MESSAGE, said("bye")).body());
        assertEquals(
                new BackendRequest(false, "c1", "+15550199", "+15550100", "es", "human", history),
                backend.asked().get(1));
        assertTrue(backend.asked().getFirst().begins());
        assertEquals(3, fake.journal().answered());
    }

    /// By `printf 1700000000.{} | openssl dgst -sha256 -hmac key`.
    @Test
    void a_signature_is_what_openssl_makes_of_time_and_body() {
        assertEquals(
                "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae",
                new BackendSignature("key")
                        .sign("1700000000", "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_is_signed_wrongly_too_early_too_late_or_not_at_all_is_refused() throws Exception {
        long now = Instant.now().getEpochSecond();
        var stranger = new BackendSignature("other");
        for (HttpRequest request :
                new HttpRequest[] {
                    signed(START, said("a"), now, stranger),
                    signed(START, said("a"), now - 310, SIGNATURE),
                    signed(START, said("a"), now + 310, SIGNATURE),
                    HttpRequest.newBuilder(fake.address().resolve(START))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(said("a").encode()))
                            .build()
                }) {
            assertEquals(401, client.send(request, BodyHandlers.discarding()).statusCode());
        }
        assertEquals(
                200,
                client.send(
                                signed(START, said("a"), now - 200, SIGNATURE),
                                BodyHandlers.discarding())
                        .statusCode());
        assertEquals(1, backend.asked().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "callId   | ''  | 400 | no callId",
                "text     | ' ' | 400 | no text",
                "from     | ''  | 400 | no from",
                "language | ''  | 400 | no language"
            })
    void what_says_too_little_is_refused(String field, String value, int status, String error)
            throws Exception {
        var got = post(START, said("a").put(field, value));
        assertEquals(status, got.statusCode());
        assertEquals(error, new JsonObject(got.body()).getString("error"));
        assertEquals(Map.of(400, 1), fake.journal().refused());
    }

    @Test
    void what_is_said_before_the_start_or_elsewhere_is_refused() throws Exception {
        assertEquals(404, post(MESSAGE, said("a")).statusCode());
        assertEquals(404, post("/conversation/stop", said("a")).statusCode());
        assertEquals(400, post(START, said("a").put("history", 7)).statusCode());
        assertEquals(400, post(START, said("a").put("text", 7)).statusCode());
        assertEquals(200, post(START, said("a")).statusCode());
        assertEquals(200, post(START, said("a")).statusCode());
        assertEquals(200, post(MESSAGE, said("a")).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 401, ",
        "FORBIDDEN, 403, ",
        "NOT_FOUND, 404, ",
        "RATE_LIMITED, 429, 2",
        "SERVER_ERROR, 500, "
    })
    void a_fault_told_by_a_status_is_told_by_it(Fault fault, int status, String retryAfter)
            throws Exception {
        fake.inject(fault);
        var got = post(START, said("a"));
        assertEquals(status, got.statusCode());
        assertEquals(retryAfter, got.headers().firstValue("Retry-After").orElse(null));
        fake.recover();
        assertEquals(200, post(START, said("a")).statusCode());
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE"})
    void a_broken_answer_ends_in_the_middle(Fault fault) {
        fake.inject(fault);
        assertThrows(IOException.class, () -> post(START, said("a")));
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "a spoilt answer");
    }

    @ParameterizedTest
    @EnumSource(names = {"STALL", "STALL_WITHIN"})
    void a_stalled_answer_never_comes(Fault fault) throws Exception {
        fake.inject(fault);
        var stalled = client.sendAsync(request(START, said("a")), BodyHandlers.ofString());
        Poll.until(PATIENCE, () -> fake.journal().underWay() == 1, "a stalled request");
        fake.recover();
        assertEquals(200, post(START, said("a")).statusCode());
        assertFalse(stalled.isDone());
        client.shutdownNow();
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "its end");
    }

    @Test
    void a_slow_answer_is_overtaken_by_those_that_come_later() throws Exception {
        fake.inject(Fault.SLOW);
        var slow = client.sendAsync(request(START, said("a")), BodyHandlers.ofString());
        Poll.until(PATIENCE, () -> backend.asked().size() == 1, "the request");
        fake.recover();
        assertEquals(200, post(START, said("a")).statusCode());
        assertFalse(slow.isDone());
        assertEquals(1, fake.journal().answered());
    }

    @Test
    void garbage_incomplete_and_long_answers_are_what_they_are_called() throws Exception {
        fake.inject(Fault.GARBAGE);
        assertTrue(post(START, said("a")).body().startsWith("<!doctype"));
        fake.inject(Fault.INCOMPLETE);
        assertEquals(7, new JsonObject(post(START, said("a")).body()).getInteger("transferTo"));
        fake.inject(Fault.LONG_ANSWER);
        assertEquals(
                1500,
                new JsonObject(post(START, said("a")).body())
                        .getString("reply")
                        .split(" ", -1)
                        .length);
    }

    @Test
    void a_flood_ends_when_the_client_leaves() throws Exception {
        fake.inject(Fault.FLOOD);
        var got = client.send(request(START, said("a")), BodyHandlers.ofInputStream());
        got.body().readNBytes(100_000);
        got.body().close();
        Poll.until(PATIENCE, () -> fake.journal().abandoned() == 1, "the client's leaving");
    }

    @Test
    void what_it_cannot_do_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> fake.inject(Fault.WRONG_LANGUAGE));
    }
}
