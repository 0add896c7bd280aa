package io.sandalphone.speech.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class TextPartsTest {
    private static final int MOST = 2000;

    @Test
    void what_is_short_is_one_part() {
        assertEquals(
                List.of("Good morning. How are you?"),
                TextParts.of("Good morning. How are you? ", MOST));
        assertEquals(List.of(), TextParts.of(" ", MOST));
    }

    @Test
    void what_is_long_is_cut_behind_sentences() {
        String sentence = "This is a sentence of some words.";
        var parts = TextParts.of((sentence + " ").repeat(200), MOST);
        assertEquals(4, parts.size());
        parts.forEach(part -> assertTrue(part.endsWith("words."), part));
        assertEquals((sentence + " ").repeat(200).strip(), String.join(" ", parts));
    }

    @Test
    void without_sentences_it_is_cut_between_words() {
        var parts = TextParts.of("word ".repeat(1000), MOST);
        parts.forEach(part -> assertTrue(part.length() <= MOST));
        assertEquals("word ".repeat(1000).strip(), String.join(" ", parts));
    }

    @Test
    void without_words_no_character_is_cut_in_two() {
        String text = "a" + "😀".repeat(3000);
        var parts = TextParts.of(text, MOST);
        parts.forEach(part -> assertTrue(part.length() <= MOST));
        assertTrue(parts.stream().noneMatch(part -> Character.isLowSurrogate(part.charAt(0))));
        assertEquals(text, String.join("", parts));
    }
}
