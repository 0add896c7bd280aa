package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class FormParametersTest {
    @Test
    void names_and_values_keep_their_order_and_their_repetitions() {
        assertEquals(
                FormParameters.of("b", "1", "a", "ñ &=", "b", "2", "empty", "", "bare", ""),
                FormParameters.parse("b=1&a=%C3%B1+%26%3D&b=2&&empty=&bare"));
        assertEquals(FormParameters.of(), FormParameters.parse(""));
    }

    @Test
    void what_is_written_is_read_again() {
        var form = FormParameters.of("To", "+525512345678", "Twiml", "<a b=\"c&amp;d\">ñ 😀</a>");

        assertEquals(form, FormParameters.parse(form.encoded()));
    }

    @Test
    void a_value_is_found_by_its_name_unless_it_is_nothing() {
        var form = FormParameters.of("A", "", "A", "2", "A", "3");

        assertEquals(Optional.of("2"), form.get("A"));
        assertEquals(Optional.empty(), form.get("B"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%z1", "%4=1"})
    void what_is_not_encoded_as_a_form_is_none(String text) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> FormParameters.parse(text));

        assertEquals("not a form", refused.getMessage());
    }

    @Test
    void it_is_printed_without_what_it_says() {
        assertFalse(FormParameters.of("From", "+525512345678").toString().contains("5678"));
    }
}
