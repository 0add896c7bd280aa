package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.stream.FormParameters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// The vectors are signed with the token `12345`, and Twilio's own validator accepts them.
class TwilioSignatureTest {
    private static final String TOKEN = "12345";
    private static final FormParameters NONE = FormParameters.of();

    private final TwilioSignature signature = new TwilioSignature(new Secret(TOKEN));

    @Test
    void a_form_is_signed_with_its_address_and_its_sorted_parameters() {
        String written = "n9sgUrCaPCs1uwrQFGTf/B/8TqM=";
        String url = "https://gw.example.org/v?x=1";

        assertEquals(written, signature.sign(url, FormParameters.of("B", "2", "A", "1")));
        assertTrue(signature.covers(written, url, FormParameters.of("A", "1", "B", "2")));
        assertTrue(new RequestValidator(TOKEN).validate(url, Map.of("A", "1", "B", "2"), written));
    }

    @Test
    void a_body_that_is_no_form_is_signed_by_its_hash_in_the_address() {
        byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        String url =
                "https://gw.example.org/j?bodySHA256="
                        + "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
        String written = "w5RWLFOMCLtis9LfzjDmbzsfops=";

        assertTrue(signature.coversBody(written, url, body));
        assertFalse(
                signature.coversBody(written, url, "{\"a\":2}".getBytes(StandardCharsets.UTF_8)));
        assertFalse(signature.coversBody(written, "https://gw.example.org/j", body));
    }

    @Test
    void a_socket_is_signed_by_its_address_with_or_without_a_slash_behind_it() {
        String url = "wss://gw.example.org/twilio/media";

        assertTrue(signature.coversSocket("eu4d6NdfpRIWb7vEWAmv8b8hvuo=", url));
        assertTrue(signature.coversSocket(signature.sign(url + "/", NONE), url));
        assertFalse(signature.coversSocket(signature.sign(url + "//", NONE), url));
    }

    @ParameterizedTest
    @CsvSource({
        "https://gw.example.org/v,        https://gw.example.org:443/v",
        "https://gw.example.org/v?a=1:2,  https://gw.example.org:443/v?a=1:2",
        "https://gw.example.org:443/v,    https://gw.example.org/v",
        "wss://gw.example.org/m,          wss://gw.example.org:443/m",
        "https://gw.example.org:8443/v,   https://gw.example.org:8443/v",
        "https://[2001:db8::1]/v,         https://[2001:db8::1]:443/v",
        "http://127.0.0.1:80/v,           http://127.0.0.1/v",
    })
    void the_port_that_the_scheme_implies_may_be_written_or_not(String asked, String signed) {
        assertTrue(signature.covers(signature.sign(signed, NONE), asked, NONE));
    }

    @Test
    void another_port_is_another_address() {
        String signed = signature.sign("https://gw.example.org:8443/v", NONE);

        assertFalse(signature.covers(signed, "https://gw.example.org/v", NONE));
        assertFalse(signature.covers(signed, "https://gw.example.org:443/v", NONE));
    }

    @Test
    void a_repeated_value_counts_once_and_different_ones_each() {
        String url = "https://gw.example.org/v";
        String once = signature.sign(url, FormParameters.of("A", "1"));

        assertEquals(once, signature.sign(url, FormParameters.of("A", "1", "A", "1")));
        assertEquals(
                signature.sign(url, FormParameters.of("A", "1", "A", "2")),
                signature.sign(url, FormParameters.of("A", "2", "A", "1")));
        assertFalse(signature.covers(once, url, FormParameters.of("A", "1", "A", "2")));
    }

    @Test
    void twilios_own_validator_signs_as_this_one_does() {
        var chance = new Random(7);
        var theirs = new RequestValidator(TOKEN);
        for (int round = 0; round < 200; round++) {
            Map<String, String> form = new LinkedHashMap<>();
            FormParameters ours = FormParameters.of();
            for (int i = chance.nextInt(12); i > 0; i--) {
                String name = "Ab_" + chance.nextInt(100_000);
                String value = words(chance);
                form.put(name, value);
                ours = ours.with(name, value);
            }
            String url = "https://gw.example.org/twilio/status?leg=" + chance.nextInt(1000);
            String written = signature.sign(url, ours);

            assertTrue(theirs.validate(url, form, written), "round " + round);
        }
    }

    private static String words(Random chance) {
        var text = new StringBuilder();
        for (int i = chance.nextInt(20); i > 0; i--) {
            text.appendCodePoint("aZ0 +&=%ñé😀/?\"<".codePointAt(chance.nextInt(13)));
        }
        return text.toString();
    }

    @Test
    void each_altered_character_makes_it_another_request() {
        String url = "https://gw.example.org/twilio/voice?a=1";
        var form = FormParameters.of("From", "+15550100", "To", "+15550199");
        String written = signature.sign(url, form);

        for (int i = 0; i < url.length(); i++) {
            assertFalse(signature.covers(written, altered(url, i), form), "address at " + i);
        }
        for (int i = 0; i < written.length(); i++) {
            assertFalse(signature.covers(altered(written, i), url, form), "signature at " + i);
        }
        assertFalse(
                signature.covers(
                        written, url, FormParameters.of("From", "+15550100", "To", "+15550198")));
        assertFalse(
                signature.covers(
                        written, url, FormParameters.of("From", "+15550100", "Te", "+15550199")));
        assertFalse(signature.covers(written, url, form.with("Extra", "")));
        assertFalse(signature.covers("", url, form));
    }

    private static String altered(String text, int at) {
        char other = text.charAt(at) == 'x' ? 'y' : 'x';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    @Test
    void another_token_signs_otherwise() {
        String url = "https://gw.example.org/v";
        String written = new TwilioSignature(new Secret("54321")).sign(url, NONE);

        assertFalse(signature.covers(written, url, NONE));
    }
}
