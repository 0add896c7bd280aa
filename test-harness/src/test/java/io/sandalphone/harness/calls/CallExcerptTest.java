package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.support.CallExcerpt;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What the log of a call over the real Asterisk comes to, for others to read.
@RealAsterisk
class CallExcerptTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_call_can_be_followed_from_its_beginning_to_its_end(AsteriskHost host) throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones().with("log: {format: json}"));
                JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            call.awaitSpoken(ToneWord.W1, ToneWord.W3);
            call.hangUp();
            Poll.until(
                    CallLab.SOON,
                    () -> said(lines(lab, call), "call ended").size() == 1,
                    () -> lab.controller().log());

            String text = text(lab, call);
            for (String number : List.of(call.caller().caller(), CallLab.ONE_WAY)) {
                assertFalse(text.contains(number.substring(number.length() - 7)), text);
            }
            List<JsonNode> lines = lines(lab, call);
            assertEquals(
                    List.of("call began", "call ended"),
                    lines.stream()
                            .map(line -> line.path("message").asText())
                            .filter(List.of("call began", "call ended")::contains)
                            .toList());
            assertTrue(
                    said(lines, "call state").stream()
                            .anyMatch(line -> line.path("state").asText().equals("talking")),
                    text);
            List<JsonNode> heard = said(lines, "utterance was heard");
            assertEquals(1, heard.size(), text);
            assertEquals("CALLER", heard.getFirst().path("speaker").asText());
            assertTrue(heard.getFirst().path("speaking_ms").asInt() > 0, text);
            assertTrue(heard.getFirst().path("sounding_ms").asInt() > 0, text);
            List<JsonNode> told = said(lines, "asterisk tells of a leg");
            assertTrue(told.stream().anyMatch(is("destination", "Dial")), text);
            assertTrue(
                    told.stream()
                            .anyMatch(
                                    is("destination", "ChannelDestroyed")
                                            .and(line -> line.path("cause").asInt() == 16)),
                    text);
            assertEquals(0, JSON.readTree(text).path("sentences_left_out").asInt(), text);
        }
    }

    private static Predicate<JsonNode> is(String leg, String event) {
        return line ->
                line.path("leg").asText().equals(leg) && line.path("event").asText().equals(event);
    }

    private static String text(CallLab lab, JoinedCall call) {
        var excerpt = new CallExcerpt(call.id());
        lab.controller().log().lines().forEach(excerpt::read);
        return excerpt.text("here");
    }

    private static List<JsonNode> lines(CallLab lab, JoinedCall call) {
        try {
            List<JsonNode> lines = new ArrayList<>();
            JSON.readTree(text(lab, call)).path("lines").forEach(lines::add);
            return lines;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<JsonNode> said(List<JsonNode> lines, String sentence) {
        return lines.stream()
                .filter(line -> line.path("message").asText().equals(sentence))
                .toList();
    }
}
