package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class SipMessageTest {
    private static final String INVITE =
            """
            INVITE sip:+15550199@10.77.0.1:5060 SIP/2.0\r
            v: SIP/2.0/UDP 10.77.0.2:5060;rport\r
             ;branch=z9hG4bKabc\r
            f: "A" <sip:+15550100@10.77.0.2>;tag=1\r
            To: <sip:+15550199@10.77.0.1>\r
            i: call@10.77.0.2\r
            cseq: 7 INVITE\r
            l: 4\r
            \r
            body\
            """;

    @Test
    void short_names_folded_lines_and_any_case_are_read() {
        SipMessage message = parse(INVITE).orElseThrow();
        assertEquals("INVITE", message.method());
        assertEquals("sip:+15550199@10.77.0.1:5060", message.requestUri());
        assertEquals("call@10.77.0.2", message.require("Call-ID"));
        assertEquals(new SipMessage.CSeq(7, "INVITE"), message.cseq());
        assertEquals("z9hG4bKabc INVITE", message.transaction());
        assertEquals("1", SipMessage.parameter(message.require("From"), "tag"));
        assertEquals("sip:+15550100@10.77.0.2", SipMessage.address(message.require("From")));
        assertEquals("body", message.body());
    }

    @Test
    void what_is_written_is_read_again() {
        SipMessage answer =
                SipMessage.response(parse(INVITE).orElseThrow(), 486).withBody("text/plain", "no");
        SipMessage read = parse(new String(answer.bytes(), StandardCharsets.UTF_8)).orElseThrow();
        assertEquals(486, read.status());
        assertEquals("INVITE", read.method());
        assertEquals("2", read.require("Content-Length"));
        assertEquals("no", read.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "INVITE sip:a SIP/2.0\r\n\r\n", "x\r\ny\r\n\r\n"})
    void what_is_no_sip_message_is_none(String text) {
        assertEquals(Optional.empty(), parse(text));
    }

    @Test
    void a_uri_leads_to_its_address_and_names_its_user() {
        assertEquals(
                new InetSocketAddress("10.77.0.1", 5062),
                SipPhone.target("sip:+1555@10.77.0.1:5062;transport=udp"));
        assertEquals(new InetSocketAddress("10.77.0.1", 5060), SipPhone.target("sip:10.77.0.1"));
        assertEquals("+1555", SipPhone.user("sip:+1555@10.77.0.1"));
        assertEquals("", SipPhone.user("sip:10.77.0.1"));
    }

    @Test
    void a_session_description_is_read_as_it_was_written() {
        for (int events : List.of(-1, 101)) {
            var sdp =
                    new Sdp(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000),
                            List.of(Codec.PCMA, Codec.PCMU),
                            events);
            assertEquals(Optional.of(sdp), Sdp.parse(sdp.text()));
            assertTrue(sdp.text().endsWith("a=sendrecv\r\n"), sdp.text());
        }
    }

    @Test
    void a_description_without_g711_is_none() {
        assertEquals(
                Optional.empty(),
                Sdp.parse("c=IN IP4 10.77.0.1\r\nm=audio 4000 RTP/AVP 9 101\r\n"));
        assertEquals(Optional.empty(), Sdp.parse(""));
    }

    private static Optional<SipMessage> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SipMessage.parse(bytes, bytes.length);
    }
}
