package io.sandalphone.speech.text.lexicon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapitalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "en; on sunday night i felt it; on Sunday night I felt it",
                "en; i'm here, dr smith, in april.; I'm here, Dr smith, in April.",
                "en; you may march in may; you may march in may",
                "en; apartment three b; apartment three B",
                "en; it begins with m q double l; it begins with M Q double L",
                "en; a i d and a dog; A I D and a dog",
                "en; five o five; five o five",
                "en; So i said on sunday; So i said on sunday",
                "es; las placas son h r w; las placas son H R W",
                "es; o a o e; O A O E",
                "es; voy a casa y a comer el lunes; voy a casa y a comer el lunes",
                "fr; le lundi; le lundi",
            })
    void words_in_lower_case_get_the_capitals_they_always_have(
            String language, String told, String written) {
        assertEquals(written, Capitals.restored(told, new Language(language)));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'  two  '"})
    void spaces_stay(String text) {
        assertEquals(text, Capitals.restored(text, new Language("en")));
    }
}
