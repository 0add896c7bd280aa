package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class LiveViewTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final LiveView view =
            new LiveView(new PrintStream(shown, true, StandardCharsets.UTF_8));

    private static Optional<CallNews> news(String name, String data) throws Exception {
        return CallNews.of(new EventWatch.Event(name, new ObjectMapper().readTree(data)));
    }

    private void caption(String rest) throws Exception {
        String data =
                "{\"call\":\"c1\",\"lane\":\"caller-to-destination\",\"utterance\":1,"
                        + "\"source_language\":\"en\",\"target_language\":\"es\","
                        + "\"said\":\"hello\","
                        + rest
                        + "}";
        view.on(news("caption", data).orElseThrow());
    }

    @Test
    void each_language_is_shown_once_when_it_comes() throws Exception {
        caption("\"translated\":null");
        caption("\"translated\":\"hola\"");
        caption("\"translated\":\"hola\",\"first_audio_ms\":5,\"audio_end_ms\":9");
        List<String> lines = shown.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).endsWith("en  hello"));
        assertTrue(lines.get(1).endsWith("es  hola"));
    }

    @Test
    void what_is_known_of_an_utterance_is_what_was_told_last() throws Exception {
        caption("\"translated\":\"hola\"");
        assertFalse(view.quietFor(0), "a translation is still to be spoken");
        caption("\"translated\":\"hola\",\"first_audio_ms\":5,\"audio_end_ms\":9");
        UtteranceReport utterance = view.utterances().getFirst();
        assertEquals(Party.CALLER, utterance.speaker());
        assertEquals(9, utterance.stages().audioEnd());
        assertEquals(1, view.utterances().size());
        assertTrue(view.quietFor(0));
    }

    @Test
    void the_end_of_the_call_comes_with_its_two_words() throws Exception {
        view.on(
                news("ended", "{\"result\":\"completed\",\"reason\":\"time-limit\"}")
                        .orElseThrow());
        assertEquals("time-limit", view.awaitEnd(0).orElseThrow().reason());
    }

    @Test
    void what_the_call_costs_is_what_was_told_last() throws Exception {
        cost("1.50", "null");
        cost("2.00", "\"per-call\"");
        assertEquals(
                Optional.of(
                        new CostReport(
                                new BigDecimal("2.0"),
                                "USD",
                                new BigDecimal("3.5"),
                                4,
                                5,
                                "per-call")),
                view.cost());
        assertTrue(shown.toString(StandardCharsets.UTF_8).contains("per-call"), shown::toString);
    }

    private void cost(String amount, String capped) throws Exception {
        view.on(
                news(
                                "cost",
                                """
                                {"call": "c1", "cost": {"amount": %s, "currency": "USD",
                                "listened_seconds": 3.5, "translated_characters": 4,
                                "spoken_characters": 5, "capped": %s}, "at_ms": 1}\
                                """
                                        .formatted(amount, capped))
                        .orElseThrow());
    }

    @Test
    void events_of_later_versions_are_passed_over() throws Exception {
        assertTrue(news("weather", "{}").isEmpty());
    }

    @Test
    void the_recording_that_began_last_gets_silence_before_it() {
        var phone =
                Recordings.Phone.started(new short[] {1}, new short[] {2}, Duration.ofMillis(1));
        assertArrayEquals(new short[] {0, 0, 0, 0, 0, 0, 0, 0, 2}, phone.heard());
        assertArrayEquals(new short[] {1}, phone.said());
        var other =
                Recordings.Phone.started(new short[] {1}, new short[] {2}, Duration.ofMillis(-1));
        assertEquals(9, other.said().length);
        assertEquals(1, other.heard().length);
    }
}
