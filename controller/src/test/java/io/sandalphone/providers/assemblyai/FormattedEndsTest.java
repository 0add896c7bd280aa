package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.providers.assemblyai.ServerMessage.Turn;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class FormattedEndsTest {
    private static final long MILLI = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final FormattedEnds ends = new FormattedEnds(PATIENCE);

    private static Turn turn(int order, boolean ended, boolean formatted, String text) {
        return new Turn(
                OptionalLong.of(order), ended, formatted, text, List.of(), Optional.empty());
    }

    private static final Turn PLAIN = turn(0, true, false, "five five five");
    private static final Turn FORMATTED = turn(0, true, true, "555.");

    @Test
    void of_two_ends_of_a_turn_the_formatted_one_is_read() {
        assertEquals(List.of(), ends.accept(PLAIN, 0));
        assertEquals(List.of(), ends.due(299 * MILLI));
        assertEquals(List.of(FORMATTED), ends.accept(FORMATTED, 200 * MILLI));
        assertEquals(List.of(), ends.due(400 * MILLI));
    }

    @Test
    void one_that_is_formatted_is_read_at_once() {
        assertEquals(List.of(FORMATTED), ends.accept(FORMATTED, 0));
    }

    @Test
    void a_second_end_that_does_not_come_is_given_up_and_after_two_not_waited_for() {
        for (int order = 0; order < 2; order++) {
            Turn plain = turn(order, true, false, "hola");
            assertEquals(List.of(), ends.accept(plain, 0));
            assertEquals(List.of(plain), ends.due(300 * MILLI));
        }
        Turn third = turn(2, true, false, "hola");
        assertEquals(List.of(third), ends.accept(third, 0));
        Turn late = turn(2, true, true, "Hola.");
        assertEquals(List.of(late), ends.accept(late, MILLI), "told as it came");
        Turn fourth = turn(3, true, false, "hola");
        assertEquals(List.of(), ends.accept(fourth, 0), "it does come");
    }

    @Test
    void what_is_held_is_read_before_the_next_turn_and_when_nothing_more_can_come() {
        Turn next = turn(1, false, false, "hello");
        ends.accept(PLAIN, 0);
        assertEquals(List.of(PLAIN, next), ends.accept(next, MILLI));
        Turn last = turn(1, true, false, "hello you");
        ends.accept(last, 0);
        assertEquals(List.of(last), ends.rest());
        assertEquals(List.of(), ends.rest());
    }

    @Test
    void an_end_that_is_told_again_is_not_waited_with() {
        for (int order = 0; order < 5; order++) {
            Turn plain = turn(order, true, false, "hola");
            Turn formatted = turn(order, true, true, "Hola.");
            assertEquals(List.of(), ends.accept(plain, 0));
            assertEquals(List.of(formatted), ends.accept(formatted, MILLI));
            assertEquals(List.of(plain), ends.accept(plain, 2 * MILLI));
        }
    }

    @Test
    void turns_without_numbers_are_known_by_their_words() {
        Turn plain =
                new Turn(OptionalLong.empty(), true, false, "hola", List.of(), Optional.empty());
        Turn formatted =
                new Turn(OptionalLong.empty(), true, true, "¡Hola!", List.of(), Optional.empty());
        ends.accept(plain, 0);
        assertEquals(List.of(formatted), ends.accept(formatted, MILLI));
    }

    @Test
    void without_patience_nothing_is_held() {
        assertEquals(List.of(PLAIN), new FormattedEnds(Duration.ZERO).accept(PLAIN, 0));
    }
}
