package io.sandalphone.providers.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.UtteranceService.Words;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardAnswerTest {
    private static String segments(String... segments) {
        return "{\"text\": \"all of it\", \"segments\": [" + String.join(",", segments) + "]}";
    }

    private static String segment(String text, double noSpeech, double logProbability) {
        return "{\"text\": \" %s\", \"no_speech_prob\": %s, \"avg_logprob\": %s}"
                .formatted(text, noSpeech, logProbability);
    }

    @Test
    void of_several_segments_those_that_are_believed_are_joined() throws SpeechException {
        Words words =
                HeardAnswer.parse(
                        segments(
                                segment("Good morning,", 0.02, -0.2),
                                segment("thank you for watching.", 0.87, -1.4),
                                segment("we are open.", 0.04, -0.3)),
                        4);
        assertEquals("Good morning, we are open.", words.text());
        assertTrue(words.confidence().orElseThrow() > 0.7);
    }

    @Test
    void where_no_segment_is_believed_there_are_no_words() throws SpeechException {
        Words words = HeardAnswer.parse(segments(segment("Thank you.", 0.87, -1.4)), 2);
        assertTrue(words.dismissed());
        assertEquals("", words.text());
    }

    @Test
    void of_a_server_that_tells_only_words_they_count_and_nothing_is_known_of_them()
            throws SpeechException {
        Words words = HeardAnswer.parse("{\"text\": \" hola buenos días\\n\"}", 2);
        assertEquals("hola buenos días", words.text());
        assertTrue(words.confidence().isEmpty());
        assertEquals("", HeardAnswer.parse("{\"text\": \" [BLANK_AUDIO]\"}", 2).text());
    }

    @Test
    void a_repetition_is_one_across_segments_too() throws SpeechException {
        String one = segment("we are open on Sundays", 0.02, -0.2);
        assertTrue(HeardAnswer.parse(segments(one, one, one), 9).dismissed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"text\": null}", "<h1>loading</h1>"})
    void what_tells_no_text_is_a_fault_of_the_server(String body) {
        assertEquals(
                Kind.PROVIDER_FAULT,
                assertThrows(SpeechException.class, () -> HeardAnswer.parse(body, 2)).kind());
    }
}
