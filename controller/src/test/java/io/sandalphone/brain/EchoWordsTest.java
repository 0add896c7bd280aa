package io.sandalphone.brain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

class EchoWordsTest {
    private static BrainRequest request(Turn... conversation) {
        return new BrainRequest(
                new CallFacts("c1", "+12025550123", "+12025550100", Map.of()),
                new Language("es"),
                "",
                Optional.empty(),
                List.of(conversation),
                Set.of(),
                Usage.UNMETERED);
    }

    private static String answer(BrainRequest request) throws InterruptedException {
        var said = new StringBuilder();
        new EchoWords()
                .answer(
                        request,
                        new BrainReply() {
                            @Override
                            public void text(String piece) {
                                said.append(piece);
                            }

                            @Override
                            public void wish(Wish wish) {
                                throw new AssertionError(wish);
                            }
                        });
        return said.toString();
    }

    @Test
    void says_back_what_was_said_last() throws InterruptedException {
        assertEquals(
                "a las nueve",
                answer(
                        request(
                                Turn.caller("hola"),
                                Turn.agent("hola"),
                                Turn.caller("a las nueve"))));
    }

    @Test
    void an_interrupt_ends_it() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> answer(request(Turn.caller("hola"))));
    }

    @Test
    void the_caller_must_have_spoken_last() {
        assertThrows(IllegalArgumentException.class, () -> request(Turn.agent("hola")));
    }

    @Test
    void a_greeting_does_not_make_it_a_later_turn() {
        assertTrue(request(Turn.agent("diga"), Turn.caller("hola")).first());
        assertFalse(request(Turn.caller("hola"), Turn.agent("hola"), Turn.caller("y")).first());
    }

    @Test
    void what_people_say_and_their_numbers_are_not_printed() {
        String printed = request(Turn.caller("secreto")).toString() + Turn.agent("secreto");
        assertFalse(printed.contains("secreto"), printed);
        assertFalse(printed.contains("+1202"), printed);
    }

    @Test
    void it_is_found_by_its_name() {
        assertTrue(
                ServiceLoader.load(BrainProvider.class).stream()
                        .anyMatch(each -> each.get().name().equals("echo-words")));
    }
}
