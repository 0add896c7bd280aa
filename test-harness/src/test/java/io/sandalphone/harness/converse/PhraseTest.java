package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class PhraseTest {
    @Test
    void words_are_found_whatever_their_capitals_accents_and_marks() {
        assertTrue(Phrase.of("a que hora").isIn("¿A qué hora?"));
        assertTrue(Phrase.of("5:30").isIn("until 5:30, they say"));
        assertFalse(Phrase.of("nine").isIn("ninety"));
        assertTrue(Phrase.of("9|nine").isIn("at nine"));
    }

    @Test
    void phrases_are_looked_for_in_their_order() {
        var phrases = List.of(Phrase.of("one"), Phrase.of("two|2"), Phrase.of("one"));
        assertEquals(List.of(), Phrase.missing(phrases, "one 2 one"));
        assertEquals(List.of(Phrase.of("one")), Phrase.missing(phrases, "one two"));
        assertEquals(List.of(Phrase.of("two|2")), Phrase.missing(phrases, "two one"));
    }

    @Test
    void a_phrase_without_words_is_a_mistake() {
        assertThrows(IllegalArgumentException.class, () -> Phrase.of("nine|"));
        assertThrows(IllegalArgumentException.class, () -> Phrase.of("**"));
    }
}
