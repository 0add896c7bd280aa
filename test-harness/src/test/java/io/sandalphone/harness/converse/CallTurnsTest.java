package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

import java.util.List;

class CallTurnsTest {
    private static final Language ENGLISH = new Language("en");

    private static CallTurns.Said said(String text, long from, long until, boolean interrupts) {
        return new CallTurns.Said(text, ENGLISH, new Stretch(from, until), interrupts);
    }

    private static List<CallTurn> turns(List<CallTurns.Said> said, Stretch... heard) {
        return new CallTurns(said, List.of(heard), (from, until) -> from + "-" + until).all();
    }

    @Test
    void an_answer_is_so_long_after_its_question() {
        List<CallTurn> turns =
                turns(
                        List.of(said("when", 2000, 3000, false)),
                        new Stretch(100, 1500),
                        new Stretch(3900, 5000),
                        new Stretch(5600, 6000));
        assertEquals(List.of(100L, 2000L, 3900L), turns.stream().map(CallTurn::from).toList());
        assertFalse(turns.getFirst().delay().isPresent(), "nobody asked for the greeting");
        assertEquals(900, turns.getLast().delay().orElseThrow());
        assertEquals("3900-6000", turns.getLast().text());
    }

    @Test
    void who_was_interrupted_is_silent_so_long_after_it_began() {
        CallTurn over =
                turns(
                                List.of(said("wait", 4000, 5000, true)),
                                new Stretch(3000, 4120),
                                new Stretch(6000, 7000))
                        .get(1);
        assertEquals(120, over.silentAfter().orElseThrow());
        assertEquals(0, over.wordsAfter().orElseThrow());
    }

    @Test
    void words_that_begin_while_the_caller_speaks_on_count() {
        CallTurn over =
                turns(
                                List.of(said("wait", 4000, 6000, true)),
                                new Stretch(3000, 4120),
                                new Stretch(4900, 5300))
                        .get(1);
        assertEquals(1, over.wordsAfter().orElseThrow());
    }
}
