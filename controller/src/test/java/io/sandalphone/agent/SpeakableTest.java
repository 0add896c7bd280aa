package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class SpeakableTest {
    static List<List<String>> texts() {
        return List.of(
                List.of("We open at nine.", "We open at nine."),
                List.of("We open at **nine**.", "We open at nine."),
                List.of("**We open at nine.", "We open at nine."),
                List.of(
                        "_Really_, *yes*, ***sure***, `code`, ~~no~~.",
                        "Really, yes, sure, code, no."),
                List.of("## Opening hours\n", "Opening hours"),
                List.of("- soup\n- bread", "soup bread"),
                List.of("1. soup\n2) bread", "soup bread"),
                List.of("* [x] done", "done"),
                List.of("> quoted", "quoted"),
                List.of("See [our page](https://example.com/a_b?c=d).", "See our page."),
                List.of("See https://example.com/a.html.", "See."),
                List.of("It is at www.example.com, they say.", "It is at, they say."),
                List.of("Great 😀👍🏽!", "Great!"),
                List.of("❤️ 🇲🇽 1️⃣", "1"),
                List.of("😀", ""),
                List.of("---\n", ""),
                List.of("```python\n", ""),
                List.of("| day | hours |\n", "day, hours"),
                List.of("|---|:---:|\n", ""),
                List.of("snake_case and 5 * 3 and 2*4", "snake_case and 5 × 3 and 2 × 4"),
                List.of("<b>bold</b> <br/>", "bold"),
                List.of("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
                List.of("Use \\*this\\*.", "Use this."),
                List.of("call +1 202 555 0123", "call +1 202 555 0123"),
                List.of("It costs $5, or 10 %.", "It costs $5, or 10 %."),
                List.of("A minus: -5 degrees", "A minus: -5 degrees"),
                List.of("¿A qué hora? ¡Sí!", "¿A qué hora? ¡Sí!"),
                List.of("今日は", "今日は"),
                List.of("   ", ""),
                List.of("* * *", ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void only_words_are_left(List<String> text) {
        assertEquals(text.getLast(), Speakable.of(text.getFirst()));
    }

    @Test
    void what_goes_on_with_a_line_keeps_its_first_number() {
        assertEquals("24. Dezember geschlossen.", Speakable.goingOn("24. Dezember geschlossen."));
        assertEquals("5 degrees, soup", Speakable.goingOn("5 degrees, \n- soup"));
    }
}
