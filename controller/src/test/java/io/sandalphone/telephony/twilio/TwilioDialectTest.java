package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.markup.Afterwards;
import io.sandalphone.telephony.markup.NewCall;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.FormParameters.Parameter;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamAddress;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class TwilioDialectTest {
    private final ScriptedRest rest = new ScriptedRest();
    private final TwilioDialect dialect =
            new TwilioDialect(
                    TwilioScene.settings(URI.create("https://api.example.org")),
                    new PublicUrl(true, "gw.example.org"),
                    rest);

    @Test
    void a_call_is_begun_with_its_document_and_all_reports() throws Exception {
        dialect.begin(
                new NewCall(
                        new Dial(
                                new E164("+525512345678"),
                                CallerId.UNKNOWN,
                                Duration.ofSeconds(25),
                                Duration.ofHours(1),
                                Optional.empty()),
                        "<Response/>",
                        "https://gw.example.org/twilio/status?leg=key",
                        "https://gw.example.org/twilio/machine"));

        FormParameters form = rest.created.getFirst();
        assertEquals("+525512345678", form.get("To").orElseThrow());
        assertEquals(TwilioScene.NUMBER, form.get("From").orElseThrow());
        assertEquals("<Response/>", form.get("Twiml").orElseThrow());
        assertEquals("25", form.get("Timeout").orElseThrow());
        assertEquals("3600", form.get("TimeLimit").orElseThrow());
        assertEquals(
                "https://gw.example.org/twilio/status?leg=key",
                form.get("StatusCallback").orElseThrow());
        assertEquals(
                List.of("initiated", "ringing", "answered", "completed"),
                form.all().stream()
                        .filter(parameter -> parameter.name().equals("StatusCallbackEvent"))
                        .map(Parameter::value)
                        .toList());
        assertFalse(form.get("MachineDetection").isPresent());
    }

    @Test
    void what_was_not_answered_is_cancelled_and_the_rest_is_completed() throws Exception {
        dialect.end(TwilioScene.CALL, false);
        dialect.end(TwilioScene.CALL, true);

        assertEquals(List.of("canceled", "completed"), rest.statuses());
    }

    @Test
    void the_document_of_a_stream_goes_on_into_the_room() {
        String document =
                dialect.streamDocument(
                        StreamAddress.USUAL, "one", new Afterwards.Room("a-room", "two"));

        assertTrue(document.contains("url=\"wss://gw.example.org/media-stream\""), document);
        assertTrue(document.contains(">a-room</Conference>"), document);
    }

    @Test
    void who_has_nobody_at_the_carrier_hears_that_the_connection_is_lost_and_is_released() {
        String document =
                dialect.streamDocument(StreamAddress.USUAL, "one", new Afterwards.Farewell());

        assertTrue(
                document.matches(
                        "(?s).*</Connect><Pause length=\"1\"/><Say language=\"en-US\">[^<]+</Say>"
                                + "<Say language=\"es-MX\">[^<]+</Say><Pause length=\"5\"/>"
                                + "<Say language=\"en-US\">[^<]+</Say>"
                                + "<Say language=\"es-MX\">[^<]+</Say><Hangup/></Response>.*"),
                document);
    }

    @Test
    void who_can_be_brought_back_is_told_so_and_calls_by_sip() {
        String document =
                dialect.streamDocument(
                        StreamAddress.USUAL,
                        "one",
                        new Afterwards.WayBack("sip:a1b2@gw.example.org;transport=udp"));

        assertTrue(
                document.matches(
                        "(?s).*</Connect><Pause length=\"1\"/><Say language=\"en-US\">[^<]+</Say>"
                                + "<Say language=\"es-MX\">[^<]+</Say><Dial timeout=\"5\">"
                                + "<Sip>sip:a1b2@gw.example.org;transport=udp</Sip></Dial>"
                                + "<Hangup/></Response>.*"),
                document);
    }

    @Test
    void a_number_that_the_caller_withholds_is_none() {
        assertEquals(
                CallerId.UNKNOWN.number(),
                dialect.caller(FormParameters.of("From", "+266696687")).number());
    }

    @Test
    void a_call_is_found_again_by_its_name_and_only_by_that_of_this_account() {
        Map<String, String> place = dialect.place(TwilioScene.CALL);

        assertEquals(Optional.of(TwilioScene.CALL), dialect.callAt(place));
        assertEquals(
                Optional.empty(),
                dialect.callAt(Map.of("call", TwilioScene.CALL, "account", "AC" + "9".repeat(32))));
        assertEquals(
                Optional.empty(),
                dialect.callAt(Map.of("call", "CA1/../x", "account", TwilioScene.ACCOUNT)));
        assertEquals(Optional.empty(), dialect.callAt(Map.of()));
    }
}
