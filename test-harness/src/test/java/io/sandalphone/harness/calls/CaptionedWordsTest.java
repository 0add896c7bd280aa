package io.sandalphone.harness.calls;

import static io.sandalphone.harness.tone.ToneWord.W1;
import static io.sandalphone.harness.tone.ToneWord.W2;
import static io.sandalphone.harness.tone.ToneWord.W3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class CaptionedWordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode caption(int utterance, String said, boolean sounds) {
        return JSON.createObjectNode()
                .put("utterance", utterance)
                .put("said", said)
                .put("sounds", sounds);
    }

    private static boolean sounds(JsonNode caption) {
        return caption.path("sounds").asBoolean();
    }

    @Test
    void words_are_the_same_however_they_were_cut() {
        var whole = new CaptionedWords(Stream.of(caption(1, "Waa wbb wcc.", true)));
        var cut =
                new CaptionedWords(
                        Stream.of(
                                caption(1, "waa", false),
                                caption(2, "wbb wcc", true),
                                caption(1, "Waa", true)));
        assertEquals(List.of(W1, W2, W3), whole.all());
        assertEquals(whole.all(), cut.all());
        assertTrue(cut.hold(List.of(W1, W2, W3), CaptionedWordsTest::sounds));
    }

    @Test
    void only_the_last_caption_of_an_utterance_counts_and_a_hum_is_no_word() {
        var words =
                new CaptionedWords(
                        Stream.of(caption(1, "waa", false), caption(2, "mhm wbb", false)));
        assertEquals(List.of(W1, W2), words.all());
        assertFalse(words.hold(List.of(W1), CaptionedWordsTest::sounds));
    }

    @Test
    void a_word_that_comes_twice_or_out_of_order_is_found_out() {
        assertTrue(CaptionedWords.isWithin(List.of(W1, W2, W1), List.of(W1, W1)));
        assertFalse(CaptionedWords.isWithin(List.of(W1, W2), List.of(W1, W1)));
        assertFalse(CaptionedWords.isWithin(List.of(W1, W2), List.of(W2, W1)));
    }
}
