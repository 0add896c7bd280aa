package io.sandalphone.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What of a call's log is shown to others, and that nothing about people is.
class CallExcerptTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SESSION = "io.sandalphone.call.CallSession";

    /// What must not come out, in the forms in which it could stand somewhere.
    private static final List<String> PERSONAL =
            List.of(
                    "+15551230009",
                    "15551230009",
                    "(555) 123-0009",
                    "555-123-0009",
                    "sip:+15551230009@10.0.0.7:5060;user=phone",
                    "0009",
                    "Maria Gonzalez",
                    "\"Maria\" <sip:maria@example.org>",
                    "maria",
                    "my knee hurts since Tuesday",
                    "me duele la rodilla",
                    "the code is four four two one",
                    "4421#",
                    "Bearer abcDEF0123456789abcDEF",
                    "sk-proj-0123456789abcdefABCDEF",
                    "AKIAIOSFODNN7EXAMPLE",
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                    "https://user:password@example.org/?token=abc",
                    "10.0.0.7",
                    "2001:db8::7",
                    "/home/maria/sandalphone.yaml",
                    "front-desk-of-maria");

    private final CallExcerpt excerpt = new CallExcerpt("7f3");

    private static ObjectNode line(String message) {
        return JSON.createObjectNode()
                .put("@timestamp", "2026-11-30T12:00:00.250Z")
                .put("message", message)
                .put("logger_name", SESSION)
                .put("thread_name", "vert.x-eventloop-thread-1")
                .put("level", "INFO")
                .put("level_value", 20000)
                .put("call", "7f3");
    }

    private JsonNode shown() throws Exception {
        return JSON.readTree(excerpt.text("1.0"));
    }

    @Test
    void the_timeline_of_a_call_is_shown_and_of_no_other() throws Exception {
        excerpt.read(line("call began").put("direction", "INBOUND").toString());
        excerpt.read(line("call began").put("call", "8a1").toString());
        excerpt.read(line("call began").put("call", "7f34").toString());
        excerpt.read("not 7f3 as JSON");
        excerpt.read(
                line("call ended")
                        .put("@timestamp", "2026-11-30T13:00:02.750+01:00")
                        .put("result", "completed")
                        .put("reason", "caller-hung-up")
                        .toString());
        JsonNode all = shown();
        assertEquals("7f3", all.path("call").asText());
        assertEquals("2026-11-30", all.path("day").asText());
        assertEquals(
                JSON.readTree(
                        """
                        [{"at_ms": 0, "level": "INFO", "class": "io.sandalphone.call.CallSession", "message": "call began",
                          "direction": "INBOUND"},
                         {"at_ms": 2500, "level": "INFO", "class": "io.sandalphone.call.CallSession", "message": "call ended",
                          "result": "completed", "reason": "caller-hung-up"}]
                        """),
                all.path("lines"));
        assertEquals(0, all.path("sentences_left_out").asInt());
        assertEquals(0, all.path("fields_left_out").asInt());
    }

    @Test
    void a_call_that_the_log_does_not_know_is_none() {
        excerpt.read(line("call began").put("call", "8a1").toString());
        assertTrue(excerpt.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "state, '\"talking\"'",
        "state, '\"ending\"'",
        "lacking, '[\"RECOGNITION\",\"SYNTHESIS\"]'",
        "available, false",
        "speaker, '\"CALLER\"'",
        "leg, '\"destination\"'",
        "from, '\"en\"'",
        "to, '\"es-MX\"'",
        "recognition_ms, 310",
        "utterance, 12",
        "event, '\"ChannelDestroyed\"'",
        "cause, 16",
        "status, '\"NOANSWER\"'",
        "status, 503",
        "reason, '\"destination-no-answer\"'",
        "stage, '\"TRANSLATION\"'"
    })
    void what_says_nothing_about_people_is_shown(String field, String value) throws Exception {
        excerpt.read(line("call state").set(field, JSON.readTree(value)).toString());
        assertEquals(JSON.readTree(value), shown().path("lines").path(0).path(field));
    }

    static Stream<String> fields() {
        List<String> names =
                new ArrayList<>(
                        List.of(
                                // Those that are shown with values of their own.
                                "state",
                                "direction",
                                "result",
                                "reason",
                                "party",
                                "speaker",
                                "leg",
                                "whose",
                                "audio",
                                "available",
                                "retry",
                                "allowed",
                                "stage",
                                "lacking",
                                "outcome",
                                "from",
                                "to",
                                "language",
                                "carrier",
                                "event",
                                "status",
                                "cause",
                                "utterance",
                                "attempts",
                                "clients",
                                "millis",
                                "speaking_ms",
                                "sounding_ms",
                                // Those that every line has.
                                "@timestamp",
                                "level",
                                "logger_name",
                                "message",
                                "thread_name",
                                "stack_trace",
                                // Others.
                                "answer",
                                "why",
                                "agent",
                                "person",
                                "lanes",
                                "caller",
                                "said",
                                "digits",
                                "token"));
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void nothing_about_people_comes_out_whichever_field_it_is_in(String field) {
        for (String personal : PERSONAL) {
            var own = new CallExcerpt("7f3");
            own.read(line("call state").put(field, personal).toString());
            var list = line("call state");
            list.putArray(field).add(personal).add("RECOGNITION");
            own.read(list.toString());
            var object = line("call state");
            object.putObject(field).put("state", personal).put(personal, "talking");
            own.read(object.toString());
            own.read(line("call state").put(personal, "talking").toString());
            assertNothingPersonal(own.text("1.0"), personal);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void a_number_is_no_count(String field) {
        for (long number : new long[] {15551230009L, 5551230009L, 5551230L, 1230009L, -5551230L}) {
            var own = new CallExcerpt("7f3");
            own.read(line("call state").put(field, number).toString());
            own.read(line("call state").put(field, (double) number).toString());
            String text = own.text("1.0");
            assertFalse(text.contains(Long.toString(Math.abs(number))), text);
        }
    }

    @Test
    void a_sentence_that_is_none_of_the_class_is_left_out_and_counted() throws Exception {
        for (String personal : PERSONAL) {
            excerpt.read(line("call began " + personal).toString());
            excerpt.read(line("call began").put("logger_name", personal).toString());
            excerpt.read(line("call began").put("logger_name", SESSION + personal).toString());
        }
        excerpt.read(line("call began").put("logger_name", "java.lang.String").toString());
        assertEquals(3 * PERSONAL.size() + 1, shown().path("sentences_left_out").asInt());
        PERSONAL.forEach(personal -> assertNothingPersonal(excerpt.text("1.0"), personal));
    }

    @Test
    void of_an_exception_its_name_and_its_places_are_shown_and_not_its_message() throws Exception {
        for (String personal : PERSONAL) {
            excerpt.read(
                    line("step of a call failed")
                            .put(
                                    "stack_trace",
                                    "java.lang.IllegalStateException: "
                                            + personal
                                            + "\n"
                                            + "\tat io.sandalphone.call.CallSession.step(CallSession.java:210)\n"
                                            + "\tat io.sandalphone.call.CallSession."
                                            + personal
                                            + "(CallSession.java:210)"
                                            + "\n\tat "
                                            + personal
                                            + ".step("
                                            + personal
                                            + ")\n"
                                            + "\tat java.base/java.lang.Thread.run(Thread.java:1474)\n"
                                            + personal
                                            + "\nCaused by: java.io.IOException: "
                                            + personal
                                            + "\nCaused by: "
                                            + personal
                                            + "\n\tat io.sandalphone.call.CallSession.lambda$"
                                            + personal.replaceAll("[^A-Za-z0-9]", "")
                                            + "(CallSession.java:99)\n\t... 12 more\n")
                            .toString());
        }
        PERSONAL.forEach(personal -> assertNothingPersonal(excerpt.text("1.0"), personal));
        assertEquals(
                JSON.readTree(
                        """
                        ["java.lang.IllegalStateException", "at io.sandalphone.call.CallSession.step:210", "at java.lang.Thread.run:1474",
                         "java.io.IOException", "at io.sandalphone.call.CallSession.lambda:99"]
                        """),
                shown().path("lines").path(0).path("stack_trace"));
    }

    private static void assertNothingPersonal(String text, String personal) {
        String lower = text.toLowerCase(Locale.ROOT);
        String quoted = JSON.getNodeFactory().textNode(personal).toString();
        assertFalse(lower.contains(personal.toLowerCase(Locale.ROOT)), text);
        assertFalse(
                lower.contains(quoted.substring(1, quoted.length() - 1).toLowerCase(Locale.ROOT)),
                text);
        assertFalse(lower.contains("5551230009") || lower.contains("maria"), text);
    }
}
