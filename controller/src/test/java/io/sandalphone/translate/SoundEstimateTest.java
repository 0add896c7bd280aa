package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SoundEstimateTest {
    private static final String SAID = "a sentence of thirty letters..";
    private static final String TRANSLATED = "una frase bastante larga, de cuarenta...";

    private final SoundEstimate estimate = new SoundEstimate();

    @Test
    void fifteen_letters_are_a_second_until_something_was_spoken() {
        assertEquals(2_010, estimate.millis(SAID, null));
        assertEquals(2_680, estimate.millis(SAID, TRANSLATED));
    }

    @Test
    void the_pace_of_the_voice_is_learned_from_what_it_spoke() {
        for (int i = 0; i < 20; i++) {
            estimate.learn(SAID, TRANSLATED, 8 * 6_000);
        }
        assertEquals(6_000, estimate.millis(SAID, null), 50);
        assertEquals(6_000, estimate.millis(SAID, TRANSLATED), 50);
        assertEquals(3_000, estimate.millis("fifteen letters", null), 50);
    }

    @Test
    void a_short_word_with_much_silence_around_it_teaches_nothing() {
        estimate.learn("yes", "sí", 8 * 2_000);
        assertEquals(2_010, estimate.millis(SAID, null));
    }
}
