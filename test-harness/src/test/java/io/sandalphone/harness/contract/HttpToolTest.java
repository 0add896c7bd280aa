package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.tools.AgentTool;
import io.sandalphone.tools.HttpToolSettings;
import io.sandalphone.tools.HttpToolSettings.Method;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.tools.ToolKit;
import io.sandalphone.tools.ToolLookup;
import io.sandalphone.tools.ToolParameters;
import io.sandalphone.tools.ToolResult;
import io.sandalphone.tools.ToolResult.Outcome;
import io.sandalphone.webhook.WebhookSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;

import okhttp3.Dns;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// Tools behind HTTP, of servers that are well and of those that are not.
@Timeout(60)
class HttpToolTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 200;

    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    private volatile HttpAnswer answer = HttpAnswer.json(new JsonObject().put("rooms", 2));
    private final HttpFake server =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, new Desk());
    private final ToolKit kit =
            new ToolKit(
                    WebhookSettings.NONE,
                    new ToolLookup(ToolHosts.NONE),
                    new SimpleMeterRegistry());

    private final class Desk implements HttpService {
        @Override
        public Set<Fault> faults() {
            return Set.of(Fault.SERVER_ERROR, Fault.NOT_FOUND, Fault.RATE_LIMITED);
        }

        @Override
        public HttpAnswer answer(HttpCall call) {
            calls.add(call);
            return answer;
        }

        @Override
        public Optional<HttpRefusal> refusal(Fault fault, int count) {
            return switch (fault) {
                case SERVER_ERROR ->
                        Optional.of(
                                new HttpRefusal(503, new JsonObject().put("error", "sesame"))
                                        .retryAfter(0));
                case NOT_FOUND -> Optional.of(HttpRefusal.plain(404, "<h1>sesame</h1>"));
                case RATE_LIMITED ->
                        Optional.of(new HttpRefusal(429, new JsonObject()).retryAfter(0));
                default -> Optional.empty();
            };
        }
    }

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    private static HttpToolSettings settings(URI url, Method method, Duration timeout) {
        return new HttpToolSettings(
                "find_room",
                "Finds a room.",
                ToolParameters.of("{\"type\": \"object\", \"additionalProperties\": true}"),
                url,
                method,
                Map.of("Authorization", new Secret("Bearer s3cret")),
                timeout,
                MOST_BYTES);
    }

    private AgentTool tool(Method method, String path, Duration timeout) {
        return kit.http(settings(URI.create(server.address() + path), method, timeout), "c1");
    }

    private AgentTool tool() {
        return tool(Method.POST, "/rooms", Duration.ofSeconds(20));
    }

    private static ObjectNode arguments() {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        return arguments.put("date", "2026-12-24").put("guests", 2);
    }

    @Test
    void arguments_are_the_body_and_headers_are_the_operators() throws Exception {
        assertEquals(ToolResult.done("{\"rooms\":2}"), tool().use(arguments()));
        HttpCall call = calls.getFirst();
        assertEquals("POST /rooms", call.what());
        assertEquals("{\"date\":\"2026-12-24\",\"guests\":2}", call.body().toString());
        assertEquals("Bearer s3cret", call.header("authorization"));
        assertEquals("application/json", call.header("content-type"));
        assertEquals("c1", call.header("x-call-id"));
    }

    @Test
    void arguments_of_a_get_are_its_query_and_lead_nowhere_else() throws Exception {
        ObjectNode arguments = arguments().put("to", "../x?y=https://elsewhere.example/#&z=1");
        var _ = tool(Method.GET, "/rooms?hotel=7", Duration.ofSeconds(20)).use(arguments);
        HttpCall call = calls.getFirst();
        assertEquals("GET /rooms", call.what());
        assertEquals(
                Map.of(
                        "hotel", "7",
                        "date", "2026-12-24",
                        "guests", "2",
                        "to", "../x?y=https://elsewhere.example/#&z=1"),
                call.query());
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, FAILED",
        "NOT_FOUND, FAILED",
        "RATE_LIMITED, FAILED",
        "CUT, FAILED",
        "FLOOD, TOO_LONG"
    })
    void what_a_server_does_wrong_is_said_briefly(Fault fault, Outcome outcome) throws Exception {
        server.inject(fault);
        ToolResult result = tool().use(arguments());
        assertEquals(outcome, result.outcome(), result.text());
        assertTrue(result.text().startsWith("error: "), result.text());
        assertTrue(result.text().length() < 100, result.text());
        assertFalse(result.text().contains("sesame"), result.text());
        assertEquals(1, server.journal().requests(), "it is asked once");
    }

    @Test
    void ten_megabytes_are_not_read() throws Exception {
        answer = HttpAnswer.whole("text/plain", Buffer.buffer("a".repeat(10 * 1024 * 1024)));
        assertEquals(Outcome.TOO_LONG, tool().use(arguments()).outcome());
        answer = HttpAnswer.whole("text/plain", Buffer.buffer("a".repeat(MOST_BYTES)));
        assertEquals(Outcome.DONE, tool().use(arguments()).outcome());
        answer = HttpAnswer.whole("text/plain", Buffer.buffer("a".repeat(MOST_BYTES + 1)));
        assertEquals(Outcome.TOO_LONG, tool().use(arguments()).outcome());
    }

    @Test
    void what_is_no_text_is_not_passed_on() throws Exception {
        for (byte[] body :
                List.of(
                        new byte[] {(byte) 0x89, 'P', 'N', 'G', 0},
                        new byte[] {'a', 0},
                        new byte[] {(byte) 0xc3})) {
            answer = HttpAnswer.whole("text/plain", Buffer.buffer(body));
            assertEquals(Outcome.UNREADABLE, tool().use(arguments()).outcome());
        }
        answer = HttpAnswer.whole("text/plain", Buffer.buffer(" "));
        assertEquals(ToolResult.done("done"), tool().use(arguments()));
    }

    @ParameterizedTest
    @CsvSource({"301, GET", "302, POST", "307, GET", "308, POST"})
    void no_redirection_is_followed(int status, Method method) throws Exception {
        HttpServer elsewhere =
                VERTX.get()
                        .createHttpServer()
                        .requestHandler(
                                request ->
                                        request.response()
                                                .setStatusCode(status)
                                                .putHeader("Location", server.address() + "/rooms")
                                                .end())
                        .listen(0, "localhost")
                        .await();
        try {
            AgentTool tool =
                    kit.http(
                            settings(
                                    URI.create("http://localhost:" + elsewhere.actualPort()),
                                    method,
                                    Duration.ofSeconds(20)),
                            "c1");
            assertEquals(Outcome.FAILED, tool.use(arguments()).outcome());
            assertEquals(List.of(), calls);
        } finally {
            elsewhere.close().await();
        }
    }

    /// Uses the tool of `host`, whose name leads to this machine.
    private ToolResult used(String host, ToolHosts hosts) throws Exception {
        Dns here = _ -> List.of(InetAddress.getLoopbackAddress());
        try (var inside =
                new ToolKit(
                        WebhookSettings.NONE,
                        new ToolLookup(hosts, here),
                        new SimpleMeterRegistry())) {
            URI url = URI.create("http://%s:%d/".formatted(host, server.address().getPort()));
            return inside.http(settings(url, Method.POST, Duration.ofSeconds(20)), "c1")
                    .use(arguments());
        }
    }

    @Test
    void a_name_leads_into_no_private_network_unless_the_operator_says_so() throws Exception {
        var hosts = new ToolHosts(Set.of("desk.example", "localhost"), Set.of("inside.example"));
        assertEquals(
                ToolResult.error(Outcome.FAILED, "the tool could not be reached"),
                used("desk.example", hosts));
        assertEquals(0, server.journal().requests(), "nobody is asked");
        assertEquals(Outcome.DONE, used("inside.example", hosts).outcome());
        assertEquals(Outcome.DONE, used("localhost", hosts).outcome());
        assertEquals(Outcome.DONE, used("127.0.0.1", hosts).outcome());
    }

    @Test
    void a_name_that_is_not_found_in_time_is_not_waited_for() throws Exception {
        var answered = new CountDownLatch(1);
        Dns never =
                _ -> {
                    try {
                        answered.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                };
        try (var lost =
                new ToolKit(
                        WebhookSettings.NONE,
                        new ToolLookup(ToolHosts.NONE, never),
                        new SimpleMeterRegistry())) {
            URI url = URI.create("http://desk.example:1/");
            assertEquals(
                    Outcome.FAILED,
                    lost.http(settings(url, Method.POST, Duration.ofSeconds(20)), "c1")
                            .use(arguments())
                            .outcome());
        } finally {
            answered.countDown();
        }
    }

    @Test
    void who_does_not_answer_in_time_is_not_waited_for() throws Exception {
        server.inject(Fault.STALL);
        ToolResult result = tool(Method.POST, "/", Duration.ofMillis(200)).use(arguments());
        assertEquals(Outcome.LATE, result.outcome());
        server.inject(Fault.STALL_WITHIN);
        result = tool(Method.POST, "/", Duration.ofMillis(200)).use(arguments());
        assertEquals(Outcome.LATE, result.outcome());
    }

    @Test
    void who_is_not_there_is_told_of() throws Exception {
        AgentTool tool = tool();
        server.close();
        assertEquals(Outcome.FAILED, tool.use(arguments()).outcome());
    }

    @Test
    void an_interrupt_ends_it_and_the_request_too() throws Exception {
        server.inject(Fault.STALL);
        var end = new AtomicReference<Throwable>();
        List<ToolResult> results = new ArrayList<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        results.add(tool().use(arguments()));
                                    } catch (InterruptedException e) {
                                        end.set(e);
                                    }
                                });
        Poll.until(SOON, () -> server.journal().underWay() == 1, () -> "it is asked");
        thread.interrupt();
        assertTrue(thread.join(SOON));
        assertInstanceOf(InterruptedException.class, end.get(), results::toString);
        Poll.until(SOON, () -> server.journal().underWay() == 0, () -> server.journal().toString());
    }
}
