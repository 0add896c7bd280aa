package io.sandalphone.harness.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;

import org.junit.jupiter.api.Test;

import java.util.Map;

class TwilioSignatureTest {
    // Accepted by Twilio's own validator for Java, 13.0.1.
    @Test
    void known_requests_have_their_known_signatures() {
        assertEquals(
                "n9sgUrCaPCs1uwrQFGTf/B/8TqM=",
                TwilioSignature.of(
                        "12345", "https://gw.example.org/v?x=1", Map.of("B", "2", "A", "1")));
        assertEquals(
                "w5RWLFOMCLtis9LfzjDmbzsfops=",
                TwilioSignature.of(
                        "12345",
                        "https://gw.example.org/j?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862",
                        Map.of()));
        assertEquals(
                "eu4d6NdfpRIWb7vEWAmv8b8hvuo=",
                TwilioSignature.of("12345", "wss://gw.example.org/twilio/media", Map.of()));
    }

    @Test
    void twilios_own_validator_takes_it_and_refuses_an_altered_one() {
        var validator = new RequestValidator("a token");
        String url = "https://gw.example.org:8443/twilio/voice";
        Map<String, String> form =
                Map.of("From", "+15550100", "CallSid", "CA1", "City", "Düsseldorf & más", "b", "");

        String signature = TwilioSignature.of("a token", url, form);

        assertTrue(validator.validate(url, form, signature));
        assertFalse(validator.validate(url, Map.of("From", "+15550101"), signature));
        assertFalse(validator.validate(url, form, TwilioSignature.of("another", url, form)));
    }
}
