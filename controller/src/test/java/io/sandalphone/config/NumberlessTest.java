package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberlessTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'routes.\"+12125550001\".destination', routes.….destination",
                "dids.+12125550001.relay, dids.….relay",
                "dids.2125550001.relay, dids.….relay",
                "'calls to +12125550001, +442071230001 and France', 'calls to …, … and France'",
                "dids.112.agent, dids.112.agent",
                "AC00000000000000000000000000000000, AC00000000000000000000000000000000",
                "at most 100000 ms, at most 100000 ms",
            })
    void a_text_is_told_without_its_numbers(String text, String told) {
        assertEquals(told, Numberless.text(text));
    }
}
