package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.providers.assemblyai.ServerMessage.Word;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class ServerMessageTest {
    private static ServerMessage parse(String text) throws UnreadableException {
        return ServerMessage.parse(text).message();
    }

    @Test
    void a_turn_is_read_and_what_is_unknown_in_it_ignored() throws Exception {
        ServerMessage.Read read =
                ServerMessage.parse(
                        """
                        {"type":"Turn","turn_order":3,"turn_is_formatted":true,"end_of_turn":true,
                         "end_of_turn_confidence":0.82,"transcript":"Buenos días.","new":[{}],
                         "words":[
                          {"text":"Buenos","start":1900,"end":2180,"word_is_final":true,"x":1},
                          {"text":"días.","start":2200,"end":2560}],
                         "language_code":"es","language_confidence":0.99}
                        """);
        assertEquals(
                new Turn(
                        OptionalLong.of(3),
                        true,
                        true,
                        "Buenos días.",
                        List.of(
                                new Word("Buenos", 1900, 2180, true),
                                new Word("días.", 2200, 2560, false)),
                        Optional.of(new Language("es"))),
                read.message());
        assertFalse(read.incomplete());
    }

    @Test
    void a_language_of_which_the_service_is_in_doubt_is_not_known() throws Exception {
        String turn =
                """
                {"type":"Turn","turn_order":3,"end_of_turn":true,"transcript":"Yes, please.",
                 "words":[],"language_code":"es","language_confidence":%s}
                """;
        assertEquals(Optional.empty(), ((Turn) parse(turn.formatted("0.31"))).language());
        assertEquals(
                Optional.of(new Language("es")), ((Turn) parse(turn.formatted("0.92"))).language());
    }

    /// What is wrong with a message, the end of a turn, and its number, text and words as read.
    static List<Arguments> incompleteTurns() {
        String words = "[{\"text\":\"hola\",\"start\":100,\"end\":300}]";
        List<Word> hola = List.of(new Word("hola", 100, 300, false));
        OptionalLong one = OptionalLong.of(1);
        OptionalLong none = OptionalLong.empty();
        return List.of(
                Arguments.of(
                        "no words", "\"turn_order\":1,\"transcript\":\"hola\"", one, List.of()),
                Arguments.of(
                        "words null",
                        "\"turn_order\":1,\"transcript\":\"hola\",\"words\":null",
                        one,
                        List.of()),
                Arguments.of(
                        "a word without start",
                        "\"turn_order\":1,\"transcript\":\"hola\","
                                + "\"words\":[{\"text\":\"hola\",\"end\":300}]",
                        one,
                        List.of(new Word("hola", 300, 300, false))),
                Arguments.of(
                        "a word with a null start and no end",
                        "\"turn_order\":1,\"transcript\":\"hola ahí\","
                                + "\"words\":[{\"text\":\"hola\",\"start\":null},"
                                + "{\"text\":\"ahí\",\"start\":400,\"end\":null}]",
                        one,
                        List.of(
                                new Word("hola", 400, 400, false),
                                new Word("ahí", 400, 400, false))),
                Arguments.of(
                        "words without any time",
                        "\"turn_order\":1,\"transcript\":\"hola\",\"words\":[{\"text\":\"hola\"}]",
                        one,
                        List.of(new Word("hola", Word.UNKNOWN, Word.UNKNOWN, false))),
                Arguments.of(
                        "a word without text",
                        "\"turn_order\":1,\"transcript\":\"hola\","
                                + "\"words\":[{\"start\":0,\"end\":90},"
                                + words.substring(1),
                        one,
                        List.of(new Word("hola", 0, 300, false))),
                Arguments.of(
                        "words that are texts",
                        "\"turn_order\":1,\"transcript\":\"hola\",\"words\":[\"hola\"]",
                        one,
                        List.of(new Word("hola", Word.UNKNOWN, Word.UNKNOWN, false))),
                Arguments.of(
                        "times as text, before zero and back in time",
                        "\"turn_order\":1,\"transcript\":\"hola ahí\","
                                + "\"words\":[{\"text\":\"hola\",\"start\":\"100\",\"end\":-7},"
                                + "{\"text\":\"ahí\",\"start\":50,\"end\":60}]",
                        one,
                        List.of(
                                new Word("hola", 100, 100, false),
                                new Word("ahí", 100, 100, false))),
                Arguments.of(
                        "its number as text",
                        "\"turn_order\":\"1\",\"transcript\":\"hola\",\"words\":" + words,
                        one,
                        hola),
                Arguments.of("no number", "\"transcript\":\"hola\",\"words\":" + words, none, hola),
                Arguments.of(
                        "a number that is none",
                        "\"turn_order\":{},\"transcript\":\"hola\",\"words\":" + words,
                        none,
                        hola),
                Arguments.of("no transcript", "\"turn_order\":1,\"words\":" + words, one, hola),
                Arguments.of(
                        "no transcript but an utterance",
                        "\"turn_order\":1,\"utterance\":\"hola\"",
                        one,
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incompleteTurns")
    void a_turn_that_lacks_something_is_read_for_what_is_there(
            String what, String fields, OptionalLong order, List<Word> words) throws Exception {
        ServerMessage.Read read =
                ServerMessage.parse("{\"type\":\"Turn\",\"end_of_turn\":true," + fields + "}");
        Turn turn = (Turn) read.message();
        assertTrue(read.incomplete(), what);
        assertTrue(turn.ended());
        assertTrue(turn.transcript().startsWith("hola"), turn.transcript());
        assertEquals(order, turn.order());
        assertEquals(words, turn.words());
    }

    @Test
    void a_turn_is_over_as_well_when_that_is_text_or_only_its_form_says_so() throws Exception {
        for (String over :
                List.of(
                        "\"end_of_turn\":\"true\"",
                        "\"end_of_turn\":1",
                        "\"turn_is_formatted\":true")) {
            var turn = (Turn) parse("{\"type\":\"Turn\",\"transcript\":\"hola\"," + over + "}");
            assertTrue(turn.ended(), over);
        }
        assertFalse(((Turn) parse("{\"type\":\"Turn\",\"transcript\":\"hola\"}")).ended());
    }

    @Test
    void a_message_with_the_shape_of_a_turn_is_one_whatever_it_calls_itself() throws Exception {
        for (String type : List.of("null", "{}", "true", "\"TURN\"", "\"Transcript\"")) {
            var turn =
                    (Turn)
                            parse(
                                    "{\"type\":%s,\"end_of_turn\":true,\"transcript\":\"hola\"}"
                                            .formatted(type));
            assertEquals("hola", turn.transcript());
        }
        assertEquals(new ServerMessage.Other(), parse("{}"));
    }

    @Test
    void messages_without_words_are_told_apart() throws Exception {
        assertEquals(new ServerMessage.Begin(), parse("{\"type\":\"Begin\",\"id\":\"i\"}"));
        assertEquals(
                new ServerMessage.Failed(3006, "Invalid"),
                parse("{\"type\":\"Error\",\"error_code\":3006,\"error\":\"Invalid\"}"));
        assertEquals(
                new ServerMessage.Failed(3006, ""),
                parse("{\"type\":\"Error\",\"error_code\":\"3006\"}"));
        assertEquals(new ServerMessage.Terminated(), parse("{\"type\":\"Termination\"}"));
        assertEquals(
                new ServerMessage.Heartbeat(0.8),
                parse(
                        "{\"type\":\"Heartbeat\",\"total_audio_received_ms\":5000,"
                                + "\"max_speech_probability\":0.8}"));
        assertEquals(new ServerMessage.Other(), parse("{\"type\":\"Heartbeat\"}"));
        assertEquals(new ServerMessage.Other(), parse("{\"type\":\"SpeakerRevision\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "[]"})
    void what_is_no_message_is_unreadable(String text) {
        assertThrows(UnreadableException.class, () -> ServerMessage.parse(text));
    }
}
