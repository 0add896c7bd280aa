package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sandalphone.call.CallRequest;
import io.sandalphone.call.Placement;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Party;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

class OperatorServerTest {
    private static final String TWO = "{\"from\": \"+15551230001\", \"to\": \"+525512345678\"}";

    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = new RunningServer("127.0.0.1", false);
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void health_is_told_to_anybody_with_what_is_wrong() throws Exception {
        var well = running.send("GET", "/health", "");
        assertEquals(200, well.statusCode());
        assertEquals(
                "{\"status\":\"up\",\"checks\":["
                        + "{\"name\":\"ari\",\"kind\":\"calls\",\"up\":true},"
                        + "{\"name\":\"transcriber\",\"kind\":\"interpretation\",\"up\":true},"
                        + "{\"name\":\"transcriber offline\",\"kind\":\"notice\",\"up\":true}]}\n",
                well.body());
        running.lost.add("Asterisk cannot be reached");
        var ill = running.send("GET", "/health", "");
        assertEquals(503, ill.statusCode());
        assertEquals(
                "{\"status\":\"down\",\"checks\":["
                        + "{\"name\":\"ari\",\"kind\":\"calls\",\"up\":false,"
                        + "\"reason\":\"Asterisk cannot be reached\"},"
                        + "{\"name\":\"transcriber\",\"kind\":\"interpretation\",\"up\":true},"
                        + "{\"name\":\"transcriber offline\",\"kind\":\"notice\",\"up\":true}]}\n",
                ill.body());
    }

    @Test
    void a_gateway_that_connects_people_without_interpreting_them_is_not_to_be_restarted()
            throws Exception {
        running.reasons.add("pocketsphinx is not installed");
        var degraded = running.send("GET", "/health", "");
        assertEquals(200, degraded.statusCode());
        assertTrue(degraded.body().startsWith("{\"status\":\"degraded\","), degraded.body());
    }

    @Test
    void an_engine_for_which_another_steps_in_is_told_of_and_leaves_health_up() throws Exception {
        running.asides.add("the recognition worker is starting");
        var told = running.send("GET", "/health", "");
        assertEquals(200, told.statusCode());
        assertTrue(told.body().startsWith("{\"status\":\"up\","), told.body());
        assertTrue(
                told.body()
                        .contains(
                                "{\"name\":\"transcriber"
                                    + " offline\",\"kind\":\"notice\",\"up\":false,\"reason\":\"the"
                                    + " recognition worker is starting\"}"),
                told.body());
    }

    @Test
    void what_is_read_by_get_is_asked_for_by_head_too() throws Exception {
        assertEquals(200, running.send("HEAD", "/health", "").statusCode());
        assertEquals(200, running.send("HEAD", "/metrics", "").statusCode());
        assertEquals(200, running.ask("HEAD", "/sessions", "").statusCode());
        assertEquals(401, running.send("HEAD", "/sessions", "").statusCode());
        assertEquals(405, running.ask("HEAD", "/events", "").statusCode());
        running.lost.add("Asterisk cannot be reached");
        int length = running.send("GET", "/health", "").body().getBytes(UTF_8).length;
        // The length is that of GET, and nothing of it comes.
        String raw = new RawRequest(running.server.port()).send("HEAD", "/health");
        assertTrue(raw.startsWith("HTTP/1.1 503 "), raw);
        assertTrue(raw.toLowerCase(Locale.ROOT).contains("content-length: " + length + "\r"), raw);
        assertTrue(raw.endsWith("\r\n\r\n"), raw);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /sessions",
        "POST, /calls",
        "DELETE, /calls",
        "DELETE, /calls/7f3",
        "PUT, /calls/7f3/interpretation",
        "GET, /events",
        "GET, /nowhere"
    })
    void everything_else_needs_the_token(String method, String path) throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        for (String header :
                new String[] {
                    "",
                    "Bearer wrong",
                    "Bearer ",
                    RunningServer.TOKEN,
                    "Basic " + RunningServer.TOKEN,
                    "Bearer " + RunningServer.TOKEN + "x"
                }) {
            var refused =
                    header.isEmpty()
                            ? running.send(method, path, TWO)
                            : running.send(method, path, TWO, "Authorization", header);
            assertEquals(401, refused.statusCode(), header);
            assertEquals(
                    "Bearer realm=\"sandalphone\"",
                    refused.headers().firstValue("WWW-Authenticate").orElse(""));
            assertFalse(error(refused).isEmpty());
        }
        assertEquals(1, running.calls.live.size());
        assertTrue(running.calls.asked.isEmpty());
        assertTrue(
                running.metrics.scrape().contains("sandalphone_http_unauthorized_requests_total 6"),
                running.metrics::scrape);
    }

    @Test
    void metrics_are_told_to_this_machine_and_beyond_it_need_the_token() throws Exception {
        var local = running.send("GET", "/metrics", "");
        assertEquals(200, local.statusCode());
        assertTrue(local.body().contains("jvm_memory_used_bytes"), local::body);
        try (RunningServer open = new RunningServer("0.0.0.0", false)) {
            assertEquals(401, open.send("GET", "/metrics", "").statusCode());
            assertEquals(200, open.ask("GET", "/metrics", "").statusCode());
            assertEquals(200, open.send("GET", "/health", "").statusCode());
        }
    }

    @Test
    void live_calls_are_shown_without_whole_numbers() throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        var shown = running.ask("GET", "/sessions", "");
        assertEquals(200, shown.statusCode());
        String cost =
                "{\"amount\":0.000912,\"currency\":\"USD\",\"listened_seconds\":12.34,"
                        + "\"translated_characters\":56,\"spoken_characters\":78,"
                        + "\"read_tokens\":90,\"written_tokens\":12,"
                        + "\"capped\":\"per-call\"}";
        String spans =
                "{\"last_sample_ms\":800,\"first_partial_ms\":410,\"committed_ms\":1110,"
                    + "\"translation_asked_ms\":1010,\"translated_ms\":1090,"
                    + "\"synthesis_asked_ms\":1090,\"first_byte_ms\":1190,"
                    + "\"first_frame_ms\":1200,\"first_played_ms\":1260,\"last_frame_ms\":2000,\"durations\":"
                    + "{\"speaking_ms\":800,\"recognition_ms\":310,\"translation_ms\":0,"
                    + "\"synthesis_ms\":80,\"waiting_ms\":10,\"playout_ms\":60,\"sounding_ms\":740}}";
        assertEquals(
                "{\"sessions\":[{\"id\":\"7f3\",\"state\":\"talking\","
                    + "\"since\":\"1970-01-01T00:00:00Z\",\"direction\":\"inbound\","
                    + "\"caller\":\"…009\",\"destination\":\"…678\","
                    + "\"caller_language\":\"en\",\"destination_language\":\"es\","
                    + "\"relay\":true,\"adopted\":false,\"audio_attached\":true,\"utterances\":4,"
                    + "\"translation_unavailable\":[\"caller-to-destination\"],"
                    + "\"interpretation_off\":[\"destination-to-caller\"],\"spans\":"
                        + spans
                        + ",\"levels\":{\"caller\":{\"dbov\":-23.5,\"speech\":true,\"clipped\":3},"
                        + "\"destination\":null}"
                        + ",\"cost\":"
                        + cost
                        + "}],\"cost_today\":"
                        + cost
                        + "}\n",
                shown.body());
    }

    @Test
    void a_call_takes_its_terms_from_the_settings_unless_the_request_says_otherwise()
            throws Exception {
        var placed = running.ask("POST", "/calls", TWO);
        assertEquals(201, placed.statusCode());
        assertEquals("{\"call\":\"7f3\"}\n", placed.body());
        assertEquals(request("en", "es", false), running.calls.asked.poll());
        var second =
                running.ask(
                        "POST",
                        "/calls",
                        TWO.replace(
                                "}",
                                ", \"from_language\": \"es-MX\", \"to_language\": \"en\","
                                        + " \"relay\": true}"));
        assertEquals(201, second.statusCode());
        assertEquals(request("es-MX", "en", true), running.calls.asked.poll());
    }

    private static CallRequest request(String from, String to, boolean relay) {
        return new CallRequest(
                new E164("+15551230001"),
                Optional.empty(),
                new E164("+525512345678"),
                Optional.empty(),
                new CallTerms(
                        new Language(from),
                        new Language(to),
                        true,
                        relay,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(60)));
    }

    @Test
    void every_mistake_in_a_request_is_explained_at_once() throws Exception {
        var refused =
                running.ask(
                        "POST",
                        "/calls",
                        "{\"from\": \"5551230001\", \"relay\": \"maybe\", \"to_languge\": \"es\"}");
        assertEquals(400, refused.statusCode());
        assertEquals(
                new JsonObject(
                        """
                        {"error": "the call cannot be made as described", "details": [
                          {"key": "from", "found": "\\"5551230001\\"", "expected":
                           "a telephone number in E.164 form, in quotes, such as \\"+525512345678\\", and no emergency number, to which nobody is put through"},
                          {"key": "to", "found": "nothing", "expected":
                           "a telephone number in E.164 form, in quotes, such as \\"+525512345678\\", and no emergency number, to which nobody is put through"},
                          {"key": "relay", "found": "\\"maybe\\"", "expected": "true or false"},
                          {"key": "to_languge", "found": "an unknown key", "expected":
                           "to_language (did you mean that?)"}]}
                        """),
                new JsonObject(refused.body()));
        assertTrue(running.calls.asked.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "5",
                "null",
                "{",
                "{} {}",
                "{\"to\": 1, \"to\": 2}",
                "{\"from\": {}, \"to\": []}"
            })
    void a_body_that_is_no_such_object_is_refused(String body) throws Exception {
        var refused = running.ask("POST", "/calls", body);
        assertEquals(400, refused.statusCode());
        assertFalse(new JsonObject(refused.body()).getJsonArray("details").isEmpty());
    }

    @Test
    void the_environment_is_not_put_into_requests() throws Exception {
        var refused =
                running.ask("POST", "/calls", TWO.replace("+15551230001", "${X:-+15551230001}"));
        assertEquals(400, refused.statusCode());
    }

    @Test
    void a_body_beyond_the_limit_is_refused() throws Exception {
        var refused = running.ask("POST", "/calls", "x".repeat(20_000));
        assertEquals(413, refused.statusCode());
        assertEquals("the body exceeds 16384 bytes", error(refused));
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_has_its_status_and_its_reason(Placement.Reason reason) throws Exception {
        running.calls.next = Future.succeededFuture(new Placement.Refused(reason));
        var refused = running.ask("POST", "/calls", TWO);
        assertEquals(
                switch (reason) {
                    case DESTINATION_NOT_ALLOWED, EMERGENCY_NUMBER -> 403;
                    case LIMIT_REACHED, DAILY_LIMIT_REACHED -> 429;
                    case NOT_CONNECTED, DRAINING -> 503;
                },
                refused.statusCode());
        assertFalse(error(refused).isEmpty());
    }

    @Test
    void what_breaks_behind_the_interface_is_500_and_stays_inside() throws Exception {
        running.calls.next = Future.failedFuture(new IllegalStateException("secret innards"));
        var broken = running.ask("POST", "/calls", TWO);
        assertEquals(500, broken.statusCode());
        assertEquals("something broke; the log says what", error(broken));
    }

    @Test
    void a_call_is_ended_by_its_id() throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        running.calls.live.add(FakeCalls.call("7f4", 0));
        var unknown = running.ask("DELETE", "/calls/7f5", "");
        assertEquals(404, unknown.statusCode());
        assertEquals("there is no such call", error(unknown));
        assertEquals(202, running.ask("DELETE", "/calls/7f3", "").statusCode());
        assertEquals(404, running.ask("DELETE", "/calls/7f3", "").statusCode());
        assertEquals(1, running.calls.live.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'on': false}|CALLER,DESTINATION|false",
                "{'on': true, 'lane': 'caller-to-destination'}|CALLER|true",
                "{'lane': 'destination-to-caller', 'on': false}|DESTINATION|false"
            })
    void interpretation_is_switched_in_one_direction_or_both(
            String body, String speakers, boolean on) throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        var answer = running.ask("PUT", "/calls/7f3/interpretation", body.replace('\'', '"'));
        assertEquals(202, answer.statusCode());
        assertEquals("{\"call\":\"7f3\"}\n", answer.body());
        var parties =
                Arrays.stream(speakers.split(",")).map(Party::valueOf).collect(Collectors.toSet());
        assertEquals(new FakeCalls.Switched("7f3", parties, on), running.calls.switched.poll());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"on\": \"perhaps\"}",
                "{\"on\": true, \"lane\": \"up\"}",
                "{\"on\": true, \"call\": \"7f4\"}"
            })
    void a_switch_that_does_not_say_which_way_changes_nothing(String body) throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        var refused = running.ask("PUT", "/calls/7f3/interpretation", body);
        assertEquals(400, refused.statusCode());
        assertFalse(new JsonObject(refused.body()).getJsonArray("details").isEmpty());
        assertTrue(running.calls.switched.isEmpty());
    }

    @Test
    void interpretation_of_a_call_that_is_not_there_is_404() throws Exception {
        var unknown = running.ask("PUT", "/calls/7f5/interpretation", "{\"on\": false}");
        assertEquals(404, unknown.statusCode());
        assertEquals("there is no such call", error(unknown));
    }

    @Test
    void all_calls_are_ended_and_counted() throws Exception {
        running.calls.live.add(FakeCalls.call("7f3", 0));
        running.calls.live.add(FakeCalls.call("7f4", 0));
        var ended = running.ask("DELETE", "/calls", "");
        assertEquals(202, ended.statusCode());
        assertEquals("{\"ended\":2}\n", ended.body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404",
        "GET, /calls/7f3/x, 404",
        "PUT, /calls, 405",
        "POST, /sessions, 405",
        "GET, /calls/%zz, 400"
    })
    void a_wrong_path_or_method_is_json_too(String method, String path, int status)
            throws Exception {
        var raw = new RawRequest(running.server.port()).send(method, path);
        assertTrue(raw.startsWith("HTTP/1.1 " + status), raw);
        assertTrue(raw.contains("{\"error\":"), raw);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /calls, 'DELETE, POST'",
        "GET, /calls/7f3, DELETE",
        "POST, /sessions, 'GET, HEAD'",
        "HEAD, /events, GET"
    })
    void a_refused_method_is_told_which_ones_there_are(String method, String path, String allowed)
            throws Exception {
        var refused = running.ask(method, path, "");
        assertEquals(405, refused.statusCode());
        assertEquals(allowed, refused.headers().firstValue("Allow").orElse("none"));
    }

    private static String error(HttpResponse<String> response) {
        return new JsonObject(response.body()).getString("error");
    }
}
