package io.sandalphone.telephony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class CallerIdTest {
    private static final CallerId CALLER = new CallerId("+12125550109", "Ana García", false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anonymous",
                "Restricted",
                "\u001bc",
                "+1212555\u00000109",
                "2125550109\r\nX-Evil: yes",
                "2125550109;phone-context=x",
                "2125550109@elsewhere",
                "\"2125550109\"",
                "<2125550109>",
                "+1 212 555 0109",
                "++12125550109",
                "12",
                "+1212555010912345",
                "٢١٢٥٥٥٠١٠٩",
                "212555010\uFFFD",
                "2125550109\n"
            })
    void a_number_that_is_none_is_left_out_whole_and_its_name_with_it(String number) {
        assertEquals(CallerId.UNKNOWN, CallerId.received(number, "Ana"));
    }

    @Test
    void a_number_is_kept_as_the_carrier_writes_it() {
        assertEquals("+12125550109", CallerId.received("+12125550109", null).number());
        assertEquals("2125550109", CallerId.received("2125550109", null).number());
        assertEquals(CallerId.UNKNOWN, CallerId.received(null, null));
    }

    @Test
    void of_a_name_what_can_be_printed_is_kept() {
        assertEquals("Ana García", name("Ana García"));
        assertEquals("O'Brien & Sons, Inc.", name("O'Brien  & Sons, Inc."));
        assertEquals("王小明", name("王小明"));
        assertEquals("c2J", name("\u001bc\u001b[2J"));
        assertEquals("Ana", name("\u202eAna\u202c\u2066\u200b\ufeff"));
        assertEquals("Ana", name("Ana\u009b\u0085\u2028\uFFFD\uD800"));
        assertEquals("sipxevilX-Evil yes", name("\"<sip:x@evil>\\\r\nX-Evil: yes\""));
        assertEquals("", name(" \t "));
        assertEquals(40, name("x".repeat(300)).length());
        assertEquals("𝒳".repeat(40), name("𝒳".repeat(50)));
    }

    @Test
    void whatever_a_carrier_gives_comes_to_something_that_can_be_shown() {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = chance.nextInt(12); j > 0; j--) {
                text.append((char) chance.nextInt(chance.nextBoolean() ? 0x100 : 0x10000));
            }
            // Throws when it comes to anything else.
            CallerId shown = CallerId.received("+12125550109", text.toString());
            assertFalse(shown.name().matches("(?s).*[\\p{Cntrl}\"<>\\\\].*"), "seed " + seed);
        }
    }

    @Test
    void nothing_else_can_be_made() {
        assertThrows(IllegalArgumentException.class, () -> CallerId.of("anonymous"));
        var refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new CallerId("+12125550109", "Ana\n", false));
        assertFalse(String.valueOf(refusal.getMessage()).contains("Ana"));
    }

    @Test
    void printed_it_tells_nobody() {
        assertTrue(CALLER.toString().contains("…109"), CALLER::toString);
        assertFalse(CALLER.toString().contains("Ana"), CALLER::toString);
        assertFalse(CALLER.toString().contains("+1"), CALLER::toString);
    }

    @Test
    void our_own_number_is_shown_unless_the_caller_is_to_be() {
        var own = new CallerIdPolicy("+15551230001", false);
        assertEquals(CallerId.of("+15551230001"), own.onBehalfOf(CALLER, "+15551230002"));
        assertEquals(CallerId.of("+15551230001"), own.ours());
        var callers = new CallerIdPolicy("+15551230001", true);
        assertEquals(CALLER, callers.onBehalfOf(CALLER, "+15551230002"));
        assertEquals(CallerId.of("+15551230001"), callers.ours());
    }

    @Test
    void without_one_that_is_configured_it_is_the_one_that_was_called() {
        var policy = new CallerIdPolicy("", false);
        assertEquals(CallerId.of("+15551230002"), policy.onBehalfOf(CALLER, "+15551230002"));
        assertEquals(CallerId.UNKNOWN, policy.onBehalfOf(CALLER, "front-desk"));
        assertEquals(CallerId.UNKNOWN, policy.ours());
    }

    @Test
    void a_caller_who_does_not_want_to_be_known_is_not() {
        var policy = new CallerIdPolicy("+15551230001", true);
        assertEquals(
                new CallerId("+15551230001", "", true),
                policy.onBehalfOf(CallerId.UNKNOWN, "+15551230002"));
    }

    private static String name(String given) {
        return CallerId.received("+12125550109", given).name();
    }
}
