package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.sandalphone.speech.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWarmUpTest {
    @ParameterizedTest
    @CsvSource({"en-US, es-MX", "es, en", "pt-BR, zh-Hant-TW", "en, en-GB", "sr-Latn, yue"})
    void whatever_the_languages_of_a_route_are_the_start_is_not_disturbed(
            String one, String other) {
        assertDoesNotThrow(() -> TextWarmUp.run(new Language(one), new Language(other)));
    }
}
