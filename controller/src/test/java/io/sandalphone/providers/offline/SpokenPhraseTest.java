package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenPhraseTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");

    @Test
    void i_is_written_as_a_word() {
        assertEquals("I think I'm late", SpokenPhrase.of("i think i'm late", EN).words());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "please try again",
                "Please, try again.",
                "try again, please",
                "try please again"
            })
    void courtesy_is_taken_out_and_put_back(String said) {
        var phrase = SpokenPhrase.of(said, EN);
        assertEquals("try again", phrase.words());
        assertEquals("Por favor, prueba otra vez.", phrase.written("Prueba otra vez", ES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "where is it",
                "is there a doctor",
                "can i call you",
                "you are here?",
                "how much"
            })
    void questions_are_seen(String said) {
        assertTrue(SpokenPhrase.of(said, EN).question());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"do not enter", "have a nice day", "when i come home", "will smith called"})
    void statements_are_not_taken_for_questions(String said) {
        assertFalse(SpokenPhrase.of(said, EN).question());
    }

    @Test
    void only_the_last_sentence_asks() {
        var phrase = SpokenPhrase.of("Good morning. Is it you?", EN);
        assertEquals("Buenos días. ¿Eres tú?", phrase.written("Buenos días. Eres tú", ES));
    }

    @ParameterizedTest
    @CsvSource({
        "gracias Para vuestra paciencia, Gracias por su paciencia.",
        "'  Losiento , no entendí', 'Lo siento, no entendí.'",
        "Vosotros sois, Ustedes sois."
    })
    void the_translation_is_mended(String translated, String written) {
        assertEquals(written, SpokenPhrase.of("x y", EN).written(translated, ES));
    }

    @Test
    void spain_keeps_its_plural() {
        assertEquals(
                "Vuestra casa.",
                SpokenPhrase.of("your house", EN).written("Vuestra casa", new Language("es-ES")));
    }

    @Test
    void names_keep_their_capitals_when_they_came_with_them() {
        var phrase = SpokenPhrase.of("My name is Ana", EN);
        assertEquals("Mi nombre es Ana.", phrase.written("Mi nombre es Ana", ES));
    }

    @Test
    void what_apertium_takes_for_its_own_is_left_out() {
        assertEquals("a b c", SpokenPhrase.of("a [b] ^c$ \\ / < > { } @ \0", EN).words());
    }

    @Test
    void nothing_stays_nothing() {
        assertEquals("", SpokenPhrase.of(" . ", EN).words());
        assertEquals("", SpokenPhrase.of("", EN).written("", ES));
        assertEquals("Por favor.", SpokenPhrase.of("please", EN).written("", ES));
    }
}
