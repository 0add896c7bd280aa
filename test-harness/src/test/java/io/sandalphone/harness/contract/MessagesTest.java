package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.backend.BackendSignature;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.tools.AgentTool;
import io.sandalphone.tools.MessageQuota;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.tools.ToolKit;
import io.sandalphone.tools.ToolLookup;
import io.sandalphone.tools.ToolResult;
import io.sandalphone.tools.ToolResult.Outcome;
import io.sandalphone.webhook.WebhookSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Messages that an agent takes, on their way to the operator's server.
@Timeout(60)
class MessagesTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "a secret of the two alone";

    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    // So many requests are refused with this status first.
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int status = 500;
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private final HttpFake server =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, new Inbox());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ToolKit kit =
            new ToolKit(
                    new WebhookSettings(
                            Optional.of(server.address().resolve("/inbox")),
                            Optional.of(new Secret(SECRET)),
                            Duration.ofSeconds(20)),
                    new ToolLookup(ToolHosts.NONE),
                    meters);

    private final class Inbox implements HttpService {
        @Override
        public Set<Fault> faults() {
            return Set.of();
        }

        @Override
        public HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException {
            calls.add(call);
            answers.await();
            if (refused.getAndDecrement() > 0) {
                throw new HttpRefusal(status, new JsonObject().put("error", "no"));
            }
            return HttpAnswer.json(new JsonObject());
        }

        @Override
        public Optional<HttpRefusal> refusal(Fault fault, int count) {
            return Optional.empty();
        }
    }

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    private AgentTool tool() {
        return kit.takeMessage(
                new CallFacts("c1", "+15551230009", "", "J. Doe", Map.of()),
                "desk",
                "en",
                new MessageQuota(),
                () -> 1_796_083_500_000L);
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("message", "The pump is broken.");
    }

    private double count(String meter) {
        return meters.get("sandalphone.tools.messages." + meter).counter().count();
    }

    private static JsonObject body(HttpCall call) {
        return new JsonObject(call.body());
    }

    @Test
    void a_message_is_delivered_signed_and_with_who_called() throws Exception {
        ToolResult result =
                tool().use(
                                message()
                                        .put("caller_name", "John")
                                        .put("call_back_number", "555 0100"));
        assertEquals(Outcome.DONE, result.outcome());
        HttpCall call = calls.getFirst();
        assertEquals("POST /inbox", call.what());
        String timestamp = call.header("x-timestamp");
        assertEquals(
                new BackendSignature(SECRET).sign(timestamp, call.body().getBytes()),
                call.header("x-signature"));
        long age = Instant.now().getEpochSecond() - Long.parseLong(timestamp);
        assertTrue(age >= 0 && age < 120, "signed " + age + " s ago");
        JsonObject body = body(call);
        assertFalse(body.remove("id").toString().isEmpty());
        assertEquals(
                new JsonObject()
                        .put("type", "message")
                        .put("callId", "c1")
                        .put("agent", "desk")
                        .put("takenAt", "2026-12-01T00:05:00Z")
                        .put("language", "en")
                        .put("message", "The pump is broken.")
                        .put("from", "+15551230009")
                        .put("fromName", "J. Doe")
                        .put("callerName", "John")
                        .put("callBackNumber", "555 0100"),
                body);
        assertEquals(1, count("delivered"));
    }

    @Test
    void what_is_not_taken_at_first_is_sent_again_as_the_same() throws Exception {
        refused.set(2);
        assertEquals(Outcome.DONE, tool().use(message()).outcome());
        assertEquals(3, calls.size());
        assertEquals(1, calls.stream().map(call -> body(call).getString("id")).distinct().count());
    }

    @Test
    void two_messages_are_two() throws Exception {
        AgentTool tool = tool();
        var _ = tool.use(message());
        var _ = tool.use(message());
        assertNotEquals(
                body(calls.getFirst()).getString("id"), body(calls.getLast()).getString("id"));
    }

    @Test
    void what_nobody_takes_is_lost_and_the_caller_is_to_be_told() throws Exception {
        refused.set(100);
        ToolResult result = tool().use(message());
        assertEquals(Outcome.FAILED, result.outcome());
        assertTrue(
                result.text().startsWith("error: ") && result.text().contains("tell the caller"));
        assertEquals(3, calls.size());
        assertEquals(1, count("lost"));
        assertEquals(0, count("delivered"));
    }

    @Test
    void what_would_be_refused_again_is_not_sent_again() throws Exception {
        status = 401;
        refused.set(100);
        assertEquals(Outcome.FAILED, tool().use(message()).outcome());
        assertEquals(1, calls.size());
    }

    @Test
    void what_was_begun_is_delivered_though_nobody_waits() throws Exception {
        answers = new CountDownLatch(1);
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        var _ = tool().use(message());
                                    } catch (InterruptedException _) {
                                        // They have hung up.
                                    }
                                });
        Poll.until(SOON, () -> calls.size() == 1, () -> "it is sent");
        thread.interrupt();
        assertTrue(thread.join(SOON));
        answers.countDown();
        Poll.until(SOON, () -> count("delivered") == 1, () -> "it arrives");
    }

    @Test
    void nobody_leaves_messages_without_end() throws Exception {
        AgentTool tool = tool();
        for (int i = 0; i < 20; i++) {
            var _ = tool.use(message());
        }
        assertEquals(5, calls.size());
        assertEquals(Outcome.TOO_OFTEN, tool.use(message()).outcome());
    }
}
