package io.sandalphone.routing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.E164;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class LimitsTest {
    private final Limits limits = new Limits(40, List.of("+52*", "+15551230002"));

    @Test
    void numbers_and_prefixes_that_are_listed_may_be_dialled() {
        assertTrue(limits.allows(new E164("+525512345678")));
        assertTrue(limits.allows(new E164("+15551230002")));
    }

    @Test
    void a_listed_number_lets_no_other_be_dialled() {
        assertFalse(limits.allows(new E164("+15551230003")));
        assertFalse(limits.allows(new E164("+34911234567")));
    }

    @Test
    void an_empty_list_lets_nothing_be_dialled() {
        assertFalse(new Limits(40, List.of()).allows(new E164("+525512345678")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "+*", "52*", "+52**", "+5*2", "+52 *", "+52", "+5*", "+2*", "+99*"})
    void an_entry_that_is_neither_number_nor_prefix_is_refused(String entry) {
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, List.of(entry)));
    }

    @Test
    void a_limit_of_no_calls_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Limits(0, List.of()));
    }
}
