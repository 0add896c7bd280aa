package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageCodesTest {
    @ParameterizedTest
    @CsvSource({
        "en, en",
        "en-US, en",
        "es-MX, es",
        "es-419, es",
        "PT-br, pt-BR",
        "zh-Hant, zh-TW",
        "zh, zh"
    })
    void a_variant_is_named_only_where_google_tells_it_apart(String tag, String code) {
        assertEquals(code, LanguageCodes.of(new Language(tag)));
    }
}
