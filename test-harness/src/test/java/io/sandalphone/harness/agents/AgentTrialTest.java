package io.sandalphone.harness.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.chat.Tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// How soon the gateway's agent answers and is silent, in virtual time: the same each time, whatever the machine has to do.
class AgentTrialTest {
    private static final int CALLS = 50;

    @Test
    void the_first_clause_of_each_answer_has_six_tokens() {
        for (String answer : AgentTrial.ANSWERS) {
            List<String> tokens = Tokens.of(answer).subList(0, AgentTrial.CLAUSE_TOKENS);
            assertTrue(tokens.getLast().matches("[,.]"), tokens::toString);
            assertTrue(String.join("", tokens).length() >= 20, tokens::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_ours_of_the_answer_delay_is_little(boolean ownEnds) {
        VirtualResult result = VirtualResult.of(AgentDelays.modelled(), ownEnds, 1, CALLS);
        System.out.println(result);
        assertTrue(result.ours().p50() <= 80, result::toString);
        assertTrue(result.floor().p50() > 400, result::toString);
        assertEquals(4 * CALLS, result.answer().count());
    }

    @Test
    void where_the_recognizer_tells_the_end_the_answer_comes_within_its_bounds() {
        VirtualResult result = VirtualResult.of(AgentDelays.modelled(), true, 1, CALLS);
        assertTrue(result.answer().p50() <= 900, result::toString);
        assertTrue(result.answer().p95() <= 1400, result::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_interrupts_hears_no_word_more(boolean ownEnds) {
        VirtualResult result = VirtualResult.of(AgentDelays.modelled(), ownEnds, 1, CALLS);
        assertTrue(result.silent().p95() <= 200, result::toString);
        assertEquals(2 * CALLS, result.silent().count());
        assertEquals(0, result.wordsAfter());
    }

    @Test
    void the_same_seed_gives_the_same() {
        AgentDelays delays = AgentDelays.modelled();
        assertEquals(VirtualResult.of(delays, true, 7, 3), VirtualResult.of(delays, true, 7, 3));
    }
}
