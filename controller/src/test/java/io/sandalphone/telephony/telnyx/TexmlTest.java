package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.markup.Afterwards;

import org.junit.jupiter.api.Test;

class TexmlTest {
    private static String document(Afterwards afterwards) {
        return Texml.stream(token -> "wss://gw/" + token, "one", TelnyxCodec.PCMU, afterwards);
    }

    @Test
    void a_stream_goes_on_into_the_room_of_the_call_and_then_comes_again() {
        String document = document(new Afterwards.Room("a-room", "two"));

        assertTrue(
                document.matches(
                        "(?s).*wss://gw/one.*</Connect><Dial><Conference"
                                + " [^>]+>a-room</Conference></Dial><Connect><Stream"
                                + " url=\"wss://gw/two\".*"),
                document);
    }

    @Test
    void who_has_nobody_at_the_carrier_hears_that_the_connection_is_lost_and_is_released() {
        String document = document(new Afterwards.Farewell());
        String said = "<Say language=\"en-US\">[^<]+</Say><Say language=\"es-MX\">[^<]+</Say>";

        assertTrue(
                document.matches(
                        "(?s).*</Connect><Pause length=\"1\"/>"
                                + said
                                + "<Pause length=\"5\"/>"
                                + said
                                + "<Hangup/></Response>"),
                document);
    }

    @Test
    void who_can_be_brought_back_is_told_so_and_calls_by_sip() {
        String document = document(new Afterwards.WayBack("sip:a1b2@gw.example.org"));

        assertTrue(
                document.matches(
                        "(?s).*</Connect><Pause length=\"1\"/><Say language=\"en-US\">[^<]+</Say>"
                                + "<Say language=\"es-MX\">[^<]+</Say><Dial timeout=\"5\">"
                                + "<Sip>sip:a1b2@gw.example.org</Sip></Dial><Hangup/></Response>"),
                document);
    }
}
