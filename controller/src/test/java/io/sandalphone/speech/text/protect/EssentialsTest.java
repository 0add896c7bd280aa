package io.sandalphone.speech.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EssentialsTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");

    @ParameterizedTest
    @CsvSource({
        "true,  I live at number twelve",
        "true,  call me at 555 0134",
        "true,  it costs $30",
        "true,  we don't deliver there",
        "true,  never mind the rain",
        "true,  no problem",
        "false, we deliver to your house",
        "false, my name is Maria"
    })
    void english_with_a_number_or_a_negation_is_essential(boolean essential, String said) {
        assertEquals(essential, new Essentials(Glossary.EMPTY, EN, ES).in(said));
    }

    @ParameterizedTest
    @CsvSource({
        "true,  vivo en el número doce",
        "true,  no lo entregamos ahí",
        "true,  nunca lo he visto",
        "false, se lo llevamos a su casa"
    })
    void so_is_spanish(boolean essential, String said) {
        assertEquals(essential, new Essentials(Glossary.EMPTY, ES, EN).in(said));
    }
}
