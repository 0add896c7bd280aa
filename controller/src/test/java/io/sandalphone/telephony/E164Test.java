package io.sandalphone.telephony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class E164Test {
    @ParameterizedTest
    @ValueSource(strings = {"+525512345678", "+15551230001", "+34911234567", "+442071838750"})
    void numbers_of_every_country_are_taken(String number) {
        assertEquals(number, new E164(number).number());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5512345678",
                "525512345678",
                "+52 55 1234 5678",
                "+5255123",
                "+999123456789",
                "+0525512345678",
                "+1555123000",
                "+٥٢٥٥١٢٣٤٥٦٧٨",
                "+525512345678;phone-context=x"
            })
    void what_is_no_number_is_refused_without_repeating_it(String number) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new E164(number));
        assertEquals("expected " + E164.EXPECTED, refused.getMessage());
    }

    @Test
    void a_printed_number_shows_three_digits() {
        assertEquals("…678", new E164("+525512345678").toString());
    }

    @Test
    void masking_hides_short_names_altogether_and_leaves_masked_ones() {
        assertEquals("…", E164.mask("100"));
        assertEquals("…", E164.mask("anna"));
        assertEquals("…", E164.mask(""));
        assertEquals("…678", E164.mask(E164.mask("5512345678")));
        assertEquals("…nes", E164.mask("…Anna Jones"), "what a caller calls themselves");
    }
}
