package io.sandalphone.brain.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class SpokenPartTest {
    static List<List<String>> answers() {
        return List.of(
                List.of("We open at nine.", "We open at nine."),
                List.of("<think>They ask\nfor hours. <b></b></think>\n\nAt nine.", "At nine."),
                List.of("\n <thinking>Hm.</thinking>At nine.", "At nine."),
                List.of("<think></think>At nine.", "At nine."),
                List.of("<thought>a</think>b</thought>At nine.", "At nine."),
                List.of("<think>without an end", ""),
                List.of("<thin air", "<thin air"),
                List.of("  ", ""),
                List.of("At nine. <think>Or ten?</think>", "At nine. <think>Or ten?</think>"),
                List.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void what_a_model_thinks_first_is_not_said_however_it_is_cut(List<String> answer) {
        String written = answer.getFirst();
        for (int length = 1; length <= Math.max(1, written.length()); length++) {
            var spoken = new SpokenPart();
            var said = new StringBuilder();
            for (int at = 0; at < written.length(); at += length) {
                said.append(
                        spoken.add(written.substring(at, Math.min(written.length(), at + length))));
            }
            said.append(spoken.finish());
            assertEquals(answer.getLast(), said.toString().strip(), "in pieces of " + length);
        }
    }
}
