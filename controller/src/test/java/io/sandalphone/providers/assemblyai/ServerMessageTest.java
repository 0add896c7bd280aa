package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.providers.assemblyai.ServerMessage.UnreadableException;
import io.sandalphone.providers.assemblyai.ServerMessage.Word;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class ServerMessageTest {
    @Test
    void a_turn_is_read_and_what_is_unknown_in_it_ignored() throws Exception {
        assertEquals(
                new Turn(
                        3,
                        true,
                        "Buenos días.",
                        List.of(
                                new Word("Buenos", 1900, 2180, true),
                                new Word("días.", 2200, 2560, false)),
                        Optional.of(new Language("es"))),
                ServerMessage.parse(
                        """
                        {"type":"Turn","turn_order":3,"turn_is_formatted":true,"end_of_turn":true,
                         "end_of_turn_confidence":0.82,"transcript":"Buenos días.","new":[{}],
                         "words":[
                          {"text":"Buenos","start":1900,"end":2180,"word_is_final":true,"x":1},
                          {"text":"días.","start":2200,"end":2560}],
                         "language_code":"es","language_confidence":0.99}
                        """));
    }

    @Test
    void messages_without_words_are_told_apart() throws Exception {
        assertEquals(
                new ServerMessage.Begin(),
                ServerMessage.parse("{\"type\":\"Begin\",\"id\":\"i\"}"));
        assertEquals(
                new ServerMessage.Failed(3006, "Invalid"),
                ServerMessage.parse(
                        "{\"type\":\"Error\",\"error_code\":3006,\"error\":\"Invalid\"}"));
        assertEquals(
                new ServerMessage.Terminated(), ServerMessage.parse("{\"type\":\"Termination\"}"));
        assertEquals(
                new ServerMessage.Heartbeat(0.8),
                ServerMessage.parse(
                        "{\"type\":\"Heartbeat\",\"total_audio_received_ms\":5000,"
                                + "\"max_speech_probability\":0.8}"));
        assertEquals(new ServerMessage.Other(), ServerMessage.parse("{\"type\":\"Heartbeat\"}"));
        assertEquals(
                new ServerMessage.Other(), ServerMessage.parse("{\"type\":\"SpeakerRevision\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "7",
                "{}",
                "{\"type\":\"Turn\"}",
                "{\"type\":\"Turn\",\"turn_order\":\"0\",\"end_of_turn\":true,"
                        + "\"transcript\":\"\",\"words\":[]}",
                "{\"type\":\"Turn\",\"turn_order\":0,\"end_of_turn\":true,"
                        + "\"transcript\":\"a\",\"words\":[{\"text\":\"a\"}]}"
            })
    void what_is_no_message_is_unreadable(String text) {
        assertThrows(UnreadableException.class, () -> ServerMessage.parse(text));
    }
}
