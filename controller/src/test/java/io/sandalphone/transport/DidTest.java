package io.sandalphone.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class DidTest {
    private static final String NUMBER = "+12125550100";
    private static final String SID = "AC" + "0".repeat(32);
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static Did only(Map<String, ?> keys) {
        return Did.readAll(Map.of(NUMBER, keys)).getFirst();
    }

    @Test
    void a_number_is_read_with_its_account_and_what_is_the_programs_own() {
        Did did =
                only(
                        Map.of(
                                "provider", "twilio",
                                "account-sid", SID,
                                "auth_token", "token",
                                "display-name", "Front desk",
                                "rings", 3));

        assertEquals(NUMBER, did.number());
        assertEquals(Provider.TWILIO, did.provider());
        assertEquals(Map.of("display_name", "Front desk", "rings", "3"), did.extra());
        assertEquals(Did.twilio(NUMBER, SID, "token").account(), did.account());
    }

    @Test
    void what_is_wrong_is_told_by_its_key() {
        assertEquals("dids.…100.provider", wrong(Map.of("provider", "carrier pigeon")));
        assertEquals("dids.…100.provider", wrong(Map.of()));
        assertEquals(
                "dids.…100.account_sid",
                wrong(Map.of("provider", "twilio", "account_sid", "AC1", "auth_token", "x")));
        assertEquals(
                "dids.…100.auth_token", wrong(Map.of("provider", "twilio", "account_sid", SID)));
        assertEquals(
                "dids.…100.public_key", wrong(Map.of("provider", "telnyx", "public_key", "x")));
        assertEquals("number", key(() -> Did.telnyx("12125550100", KEY)));
        assertEquals("dids.…", key(() -> Did.readAll(Map.of("12", Map.of()))));
    }

    @Test
    void a_key_that_stands_in_both_spellings_is_refused() {
        assertTrue(
                wrong(Map.of("provider", "telnyx", "public_key", KEY, "public-key", KEY))
                        .startsWith("dids.…100.public"));
    }

    private static String wrong(Map<String, ?> keys) {
        return key(() -> only(keys));
    }

    private static String key(org.junit.jupiter.api.function.Executable made) {
        DidConfigError error = assertThrows(DidConfigError.class, made);
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith(error.key() + ": expected "), message);
        return error.key();
    }

    @Test
    void no_message_repeats_a_number_or_a_credential() {
        DidConfigError error =
                assertThrows(
                        DidConfigError.class,
                        () ->
                                only(
                                        Map.of(
                                                "provider", "twilio",
                                                "account_sid", "ACwrong",
                                                "auth_token", "secret")));

        String message = String.valueOf(error.getMessage());
        assertFalse(message.contains("2125550"), message);
        assertFalse(message.contains("secret") || message.contains("ACwrong"), message);
    }

    @Test
    void printed_it_shows_three_digits_and_no_credential() {
        assertEquals("Did[…100, twilio]", Did.twilio(NUMBER, SID, "secret").toString());
    }

    @Test
    void a_handler_takes_each_number_once_and_one_account_of_a_carrier() {
        Did first = Did.twilio(NUMBER, SID, "token");
        assertEquals("dids", key(() -> Did.byProvider(List.of())));
        assertEquals("dids.…100", key(() -> Did.byProvider(List.of(first, first))));
        assertEquals(
                "dids.…101",
                key(
                        () ->
                                Did.byProvider(
                                        List.of(
                                                first,
                                                Did.twilio("+12125550101", SID, "another")))));
        assertEquals(2, Did.byProvider(List.of(first, Did.telnyx("+442079460100", KEY))).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NUMBER,
                "12125550100",
                "sip:+12125550100@gw.example.org;transport=tls",
                "tel:+1-212-555-0100"
            })
    void a_number_is_known_however_a_carrier_writes_it(String called) {
        assertTrue(Did.find(numbers(), called).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"+12125550101", "''", "sip:12@12125550100", "112125550100"})
    void no_other_number_is_taken_for_it(String called) {
        assertTrue(Did.find(numbers(), called).isEmpty());
    }

    private static Map<String, Did> numbers() {
        return Objects.requireNonNull(
                Did.byProvider(List.of(Did.telnyx(NUMBER, KEY))).get(Provider.TELNYX));
    }

    @Test
    void a_handler_wants_an_address_that_carriers_can_use() {
        assertEquals(
                "public_url",
                key(
                        () ->
                                SipTransportHandler.of(
                                        List.of(Did.telnyx(NUMBER, KEY)),
                                        (_, _) -> {},
                                        "http://gw.example.org")));
    }
}
