package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

class CallerRulesTest {
    private static final CallerRules LISTED =
            new CallerRules(List.of("+15551230001", "+52*"), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "15551230001, true",
        "155512300012, false",
        "1555123000, false",
        "525512345678, true",
        "52, true",
        "15251234567, false"
    })
    void numbers_and_prefixes_let_callers_in(String digits, boolean allowed) {
        assertEquals(allowed, LISTED.allow(Optional.of(digits)));
    }

    @Test
    void who_shows_no_number_is_on_no_list() {
        assertFalse(LISTED.allow(Optional.empty()));
        assertTrue(CallerRules.NONE.allow(Optional.empty()));
    }

    @Test
    void a_caller_begins_so_many_calls_and_as_many_again_in_an_hour() {
        var now = new AtomicLong(5);
        var rates = new CallerRates(now::get);
        assertTrue(rates.admit("desk", "1555", 2));
        assertTrue(rates.admit("desk", "1555", 2));
        assertFalse(rates.admit("desk", "1555", 2));
        assertTrue(rates.admit("desk", "1556", 2), "another caller");
        assertTrue(rates.admit("bar", "1555", 2), "another agent");
        now.addAndGet(Duration.ofMinutes(29).toNanos());
        assertFalse(rates.admit("desk", "1555", 2));
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertTrue(rates.admit("desk", "1555", 2));
        assertFalse(rates.admit("desk", "1555", 2));
    }

    @Test
    void who_has_not_called_for_longest_is_forgotten_first() {
        var rates = new CallerRates(() -> 0);
        assertTrue(rates.admit("desk", "first", 1));
        for (int i = 0; i < CallerRates.MOST_CALLERS; i++) {
            assertTrue(rates.admit("desk", "c" + i, 1));
        }
        assertTrue(rates.admit("desk", "first", 1));
        assertFalse(rates.admit("desk", "c" + (CallerRates.MOST_CALLERS - 1), 1));
    }
}
