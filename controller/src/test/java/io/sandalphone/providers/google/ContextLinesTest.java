package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ContextLinesTest {
    @Test
    void the_newest_clauses_come_before_the_text_a_line_each() {
        assertEquals("two\nthree\nfour", lines("four", 2, "one", "two", "three").text());
        assertEquals("one\nfour", lines("four", 3, "one").text());
    }

    @Test
    void a_line_break_within_a_clause_makes_no_line() {
        assertEquals("a b\nc d", lines("c\nd", 1, "a\r\nb").text());
    }

    @Test
    void of_the_translation_only_the_last_line_counts() {
        assertEquals(Optional.of("cuatro"), lines("four", 1, "three").last("tres\ncuatro\n"));
    }

    @Test
    void when_lines_were_joined_or_parted_none_can_be_told() {
        assertEquals(Optional.empty(), lines("four", 1, "three").last("tres cuatro"));
        assertEquals(Optional.empty(), lines("four", 1, "three").last("tres\ncua\ntro"));
    }

    private static ContextLines lines(String text, int clauses, String... context) {
        var request =
                new TranslationRequest(
                        text,
                        new Language("en"),
                        new Language("es"),
                        List.of(context),
                        Usage.UNMETERED);
        return ContextLines.of(request, clauses);
    }
}
