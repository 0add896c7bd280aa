package io.sandalphone.speech.text.lexicon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

import java.util.List;

class LexiconTest {
    private static final Lexicon ENGLISH = Lexicon.of(new Language("en-GB"));
    private static final Lexicon SPANISH = Lexicon.of(new Language("es"));
    private static final Lexicon OTHER = Lexicon.of(new Language("fr"));

    @Test
    void the_words_of_a_mixed_role_count_in_every_language() {
        for (Lexicon lexicon : List.of(ENGLISH, SPANISH, OTHER)) {
            assertTrue(lexicon.has(Role.NOON, "noon"));
            assertTrue(lexicon.has(Role.NOON, "mediodía"));
            assertFalse(lexicon.has(Role.NOON, "midnight"));
        }
    }

    @Test
    void those_of_another_role_count_in_their_own_language_only() {
        assertTrue(ENGLISH.has(Role.LABEL, "floor"));
        assertFalse(SPANISH.has(Role.LABEL, "floor"));
        assertFalse(OTHER.has(Role.LABEL, "floor"));
    }

    @Test
    void months_are_numbered_in_their_order() {
        assertEquals(1, SPANISH.numbers(Table.MONTHS).get("enero"));
        assertEquals(12, ENGLISH.numbers(Table.MONTHS).get("december"));
    }

    @Test
    void one_word_cannot_stand_for_two_values() {
        var builder = new Lexicon.Builder("xx");
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.table(Table.UNITS, "hour: hour\nminute: hour"));
    }
}
