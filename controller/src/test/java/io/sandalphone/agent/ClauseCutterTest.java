package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ClauseCutterTest {
    private static List<String> cut(String text, int pieceLength) {
        var cutter = new ClauseCutter();
        List<String> clauses = new ArrayList<>();
        for (int at = 0; at < text.length(); at += pieceLength) {
            clauses.addAll(
                    cutter.add(text.substring(at, Math.min(text.length(), at + pieceLength))));
        }
        String last = cutter.finish();
        if (!last.isEmpty()) {
            clauses.add(last);
        }
        return clauses;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "We open at nine o'clock. See you then. # We open at nine o'clock.|See you then.",
                "Yes. We open at nine o'clock. # Yes. We open at nine o'clock.",
                "We open at nine, on Sundays at ten. # We open at nine, on Sundays at ten.",
                "On weekdays, from Monday on, we open at nine, and on Sundays we do not open. Bye."
                    + " # On weekdays, from Monday on,|we open at nine, and on Sundays we do not"
                    + " open.|Bye.",
                "It costs 3.50 dollars in all, tax included. # It costs 3.50 dollars in all,|tax"
                        + " included.",
                "Please ask Dr. Smith about it, or Mr. J. Doe. # Please ask Dr. Smith about it,|or"
                        + " Mr. J. Doe.",
                "It is 9:30 a.m. in Mexico now, and late in Rome. # It is 9:30 a.m. in Mexico"
                        + " now,|and late in Rome.",
                "¿A qué hora quiere venir? ¡Claro que sí! Le espero mañana a las nueve de la"
                    + " mañana. Adiós. # ¿A qué hora quiere venir?|¡Claro que sí! Le espero mañana"
                    + " a las nueve de la mañana.|Adiós.",
                "営業時間は午前九時から午後五時までとなっております。ありがとうございます。"
                        + " # 営業時間は午前九時から午後五時までとなっております。|ありがとうございます。"
            })
    void an_answer_is_cut_where_a_voice_may_pause(String text, String clauses) {
        assertEquals(
                List.of(clauses.split("\\|", -1)),
                cut(text, text.length()).stream().map(String::strip).toList());
    }

    @Test
    void each_line_is_a_clause_of_its_own() {
        assertEquals(
                List.of("We have:\n", "1. soup\n", "2. bread"),
                cut("We have:\n1. soup\n2. bread", 4));
    }

    @Test
    void a_mark_at_the_end_of_what_came_waits_for_what_follows() {
        var cutter = new ClauseCutter();
        assertEquals(List.of(), cutter.add("The whole of it costs 3."));
        assertEquals(List.of(), cutter.add("50 dollars"));
        assertEquals("The whole of it costs 3.50 dollars", cutter.finish());
    }

    @Test
    void what_has_no_mark_is_cut_all_the_same() {
        cut("word ".repeat(400), 7).forEach(clause -> assertTrue(clause.length() <= 241, clause));
        cut("x".repeat(2000), 7).forEach(clause -> assertTrue(clause.length() <= 240, clause));
    }

    @Test
    void nothing_is_lost_however_it_comes() {
        long seed = System.nanoTime();
        var chance = new Random(seed);
        String[] parts = {"word", " ", ". ", ", ", "\n", "3.5", "¿", "? ", "😀", "**", "a.m.", "。"};
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 60; j++) {
                text.append(parts[chance.nextInt(parts.length)]);
            }
            assertEquals(
                    text.toString(),
                    String.join("", cut(text.toString(), 1 + chance.nextInt(9))),
                    () -> "seed " + seed);
        }
    }
}
