package io.sandalphone.harness.tone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class ToneWordTest {
    @ParameterizedTest
    @EnumSource
    void translating_forth_and_back_gives_the_word_again(ToneWord word) {
        assertNotEquals(word.language(), word.translated().language());
        assertEquals(word, word.translated().translated());
    }

    @ParameterizedTest
    @EnumSource
    void every_tone_is_orthogonal_and_away_from_the_others(ToneWord word) {
        assertEquals(0, word.frequency() % 50);
        for (ToneWord other : ToneWord.values()) {
            assertTrue(
                    other == word || Math.abs(word.frequency() - other.frequency()) >= 150,
                    word + " and " + other);
        }
    }

    @Test
    void a_text_is_words_and_blanks() {
        assertEquals(Optional.of(List.of(ToneWord.W3, ToneWord.V8)), ToneWord.parse(" wcc  vhh "));
        assertEquals(Optional.of(List.of(ToneWord.W3, ToneWord.V8)), ToneWord.parse("Wcc vhh."));
        assertEquals("wcc vhh", ToneWord.text(List.of(ToneWord.W3, ToneWord.V8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "wcc w9", "wcc,wdd"})
    void anything_else_is_no_tone_text(String text) {
        assertEquals(Optional.empty(), ToneWord.parse(text));
    }

    @Test
    void a_language_has_its_own_eight_words_whatever_the_region() {
        assertEquals(8, ToneWord.of(new Language("es-MX")).size());
        assertEquals(8, ToneWord.of(new Language("en-US")).size());
        assertEquals(List.of(), ToneWord.of(new Language("fr")));
    }
}
