package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;
import static io.sandalphone.harness.calls.PersonalTraces.NAME;
import static io.sandalphone.harness.calls.PersonalTraces.NUMBER;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.attack.Invite;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whatever a carrier, or somebody who speaks like one, puts into a header: no log says who called, or
/// whom.
@RealAsterisk
class PersonalLogTest {
    private static final InetSocketAddress GATEWAY =
            new InetSocketAddress(AsteriskHost.ADDRESS, 5060);
    private static final String USER = "+1" + NUMBER;
    private static final String URI = "<sip:" + USER + "@10.77.0.1>";

    /// What stands where an address belongs. A character is a byte.
    private static final List<String> VALUES =
            List.of(
                    "\"" + NAME + "\" " + URI,
                    "\"" + NAME + "\u00ff\u00fe\" " + URI,
                    "\"" + NAME + "\u00c3(\" " + URI,
                    "\"" + NAME + "\u0080\" " + URI,
                    "\"\u00ed\u00a0\u0080" + NAME + "\" " + URI,
                    NAME + " \u00e9 " + URI,
                    "\"" + NAME + "\u0000x\" " + URI,
                    "\"" + NAME + "\u001b[31m\" " + URI,
                    "\"" + NAME + "\r\n x\" " + URI,
                    "\"" + NAME.repeat(200) + "\" " + URI,
                    "\"" + NAME + "%n%s\" " + URI,
                    "\"" + NAME + "${CHANNEL}\" " + URI,
                    "\"" + NAME + "\\\" " + URI,
                    "\"" + NAME + " " + URI,
                    NAME + "\" " + URI,
                    "\"" + NAME + "\" <sip:" + USER + "@10.77.0.1",
                    "<sip:" + USER + "%ff@10.77.0.1>",
                    "<sip:" + USER + "%00@10.77.0.1>",
                    "<sip:" + USER + "\u00ff@10.77.0.1>",
                    "<sip:" + USER + "@>",
                    "<sip:" + USER + "@10.77.0.1:99999999>",
                    "<sip:" + USER + "@10.77.0.1;x=\u00ff>;tag=\u00ff",
                    "<sips:" + USER + "@10.77.0.1>",
                    "<tel:" + USER + ">",
                    "<tel:" + USER + ";phone-context=" + NAME + ">",
                    "<urn:x:" + USER + ">",
                    "\"" + NAME + "\" <mailto:" + USER + ">",
                    URI + ", " + URI,
                    URI + ";privacy=full;party=;screen=\u00ff",
                    URI + ";index=1..\u00ff;reason=" + NAME,
                    USER,
                    NAME,
                    NAME + " " + USER + "\u00ff",
                    "Digest username=\"" + NAME + "\", realm=\"" + USER + "\", nonce=\"\"",
                    "SIP ;cause=" + USER + " ;text=\"" + NAME + "\u00ff\"");

    /// An address that is not the trunk's.
    private static final String ELSEWHERE = "10.77.0.9";

    private static final int AT_ONCE = 5;

    private static int sent;
    private static CallLab lab;
    private static SipSocket carrier;

    @BeforeAll
    static void open(AsteriskHost host) throws Exception {
        lab = CallLab.open(host, CallLab.tones());
        lab.destinations().onIncoming(_ -> Answer.refuse(486));
        carrier = SipSocket.open(host.carrier(), AsteriskHost.CARRIER_ADDRESS, 5090);
    }

    @AfterAll
    static void close() {
        carrier.close();
        lab.close();
    }

    /// How much of each log there was.
    private record Marks(List<String> before) {
        static Marks set() {
            return new Marks(logs());
        }

        private static List<String> logs() {
            AsteriskHost host = lab.host();
            return List.of(
                    host.log(), host.securityLog(), host.consoleLog(), lab.controller().log());
        }

        /// The lines since then that name the person.
        List<String> found() {
            List<String> found = new ArrayList<>();
            List<String> now = logs();
            for (int i = 0; i < now.size(); i++) {
                found.addAll(PersonalTraces.in(now.get(i).substring(before.get(i).length())));
            }
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void no_log_says_who_called_whatever_a_header_holds(String header) throws Exception {
        var marks = Marks.set();
        Set<String> answered = new HashSet<>();
        for (String value : VALUES) {
            Invite plain = Invite.of(carrier, "+" + ONE_WAY, URI);
            boolean there =
                    plain.headers().stream().anyMatch(line -> line.startsWith(header + ":"));
            String line = header + ": " + value;
            send(there ? plain.replacing(header, line) : plain.with(line), answered);
        }
        settle(answered);
        assertEquals(List.of(), marks.found());
    }

    static Stream<String> headers() {
        return Stream.of(
                "From",
                "To",
                "Contact",
                "Call-ID",
                "CSeq",
                "Via",
                "Max-Forwards",
                "P-Asserted-Identity",
                "P-Preferred-Identity",
                "Remote-Party-ID",
                "Diversion",
                "History-Info",
                "Privacy",
                "Reply-To",
                "Referred-By",
                "Refer-To",
                "Replaces",
                "Route",
                "Record-Route",
                "Path",
                "Authorization",
                "Proxy-Authorization",
                "Identity",
                "Reason",
                "Require",
                "Supported",
                "Session-Expires",
                "Min-SE",
                "Expires",
                "Event",
                "Accept",
                "Allow",
                "Content-Type",
                "Content-Length",
                "Content-Disposition",
                "Subject",
                "Date",
                "Timestamp",
                "User-Agent",
                "Geolocation",
                "Alert-Info",
                "Call-Info",
                "X-" + NAME);
    }

    @Test
    void nor_whom_they_called() throws Exception {
        var marks = Marks.set();
        Set<String> answered = new HashSet<>();
        for (String uri :
                List.of(
                        "sip:" + USER + "@10.77.0.2",
                        "sip:" + USER.substring(1) + "@10.77.0.2",
                        "sip:" + NUMBER + "@10.77.0.2",
                        "sip:" + USER + "\u00ff@10.77.0.2",
                        "sip:\u00ff" + USER + "@10.77.0.2",
                        "sip:" + USER + "%00@10.77.0.2",
                        "sip:%ff" + USER + "@10.77.0.2",
                        "sip:" + NAME + "@10.77.0.2",
                        "sip:" + NAME + USER + "@10.77.0.2",
                        "sip:" + NAME + ":" + USER + "@10.77.0.2",
                        "sip:*" + USER + "@10.77.0.2",
                        "sip:h@10.77.0.2",
                        "sip:i@10.77.0.2;x=" + USER,
                        "sip:" + USER + ";x=" + NAME + "@10.77.0.2",
                        "sip:" + USER + "@10.77.0.2;user=" + NAME,
                        "sip:" + USER + "@" + NAME,
                        "sips:" + USER + "@10.77.0.2",
                        "tel:" + USER,
                        "urn:" + NAME,
                        USER,
                        "<sip:" + USER + "@10.77.0.2>")) {
            send(Invite.of(carrier, "+" + ONE_WAY, URI).to(uri), answered);
        }
        settle(answered);
        assertEquals(List.of(), marks.found());
    }

    @Test
    void nor_what_else_was_sent() throws Exception {
        var marks = Marks.set();
        Set<String> answered = new HashSet<>();
        Invite plain = Invite.of(carrier, "+" + ONE_WAY, URI);
        send(plain.withBody("v=0\r\no=" + NAME + " " + USER + "\r\nm=audio x"), answered);
        send(
                Invite.of(carrier, "+" + ONE_WAY, URI)
                        .withBody(
                                "v=0\r\no=%s 1 1 IN IP4 %s\r\ns=%s\r\nc=IN IP4 10.77.0.1\r\nt=0 0\r\n"
                                                .formatted(NAME, USER, NAME)
                                        + "m=audio 40000 RTP/AVP 0\r\n"),
                answered);
        for (String method :
                List.of(
                        "REGISTER",
                        "SUBSCRIBE",
                        "NOTIFY",
                        "PUBLISH",
                        "MESSAGE",
                        "INFO",
                        "REFER",
                        "UPDATE",
                        "PRACK",
                        "BYE",
                        "CANCEL",
                        "ACK",
                        "OPTIONS",
                        NAME)) {
            String from = "\"" + NAME + "\u00ff\" " + URI;
            Invite other = Invite.of(carrier, USER, from).to("sip:" + USER + "@10.77.0.2");
            carrier.send(
                    other.with("Event: " + NAME)
                            .with("Refer-To: " + URI)
                            .text()
                            .replaceFirst("^INVITE", method)
                            .replaceFirst("1 INVITE", "1 " + method),
                    GATEWAY);
            awaitRead();
        }
        carrier.send(NAME + " " + USER + "\r\n\r\n", GATEWAY);
        carrier.send("INVITE " + USER + "\r\nFrom: " + NAME + "\r\n\r\n", GATEWAY);
        carrier.send("SIP/2.0 200 " + NAME + "\r\nFrom: " + URI + "\r\n\r\n", GATEWAY);
        carrier.send("SIP/2.0 abc " + NAME + "\r\nTo: " + USER + "\r\n\r\n", GATEWAY);
        settle(answered);
        assertEquals(List.of(), marks.found());
    }

    @Test
    void nor_what_strangers_send_to_the_port() throws Exception {
        var marks = Marks.set();
        AsteriskHost host = lab.host();
        String before = host.log();
        Command.run(
                host.carrier().command("ip", "address", "add", ELSEWHERE + "/24", "dev", "lab0"));
        host.unloadFirewall();
        try (var stranger = SipSocket.open(host.carrier(), ELSEWHERE, 0)) {
            for (String value : VALUES) {
                for (String header : List.of("From", "Contact", "Call-ID")) {
                    Invite plain = Invite.of(stranger, USER, URI);
                    stranger.send(plain.replacing(header, header + ": " + value).text(), GATEWAY);
                }
            }
            awaitRead();
        } finally {
            host.loadFirewall();
            Command.run(
                    host.carrier()
                            .command("ip", "address", "del", ELSEWHERE + "/24", "dev", "lab0"));
        }
        assertEquals(List.of(), marks.found());
        assertTrue(host.log().substring(before.length()).contains(ELSEWHERE));
    }

    private static void send(Invite invite, Set<String> answered) throws Exception {
        carrier.send(invite.text(), GATEWAY);
        sent++;
        // No more at once than there are calls for.
        if (sent % AT_ONCE == 0) {
            awaitRead();
            assertTrue(lab.host().isRunning(), () -> "Asterisk crashed before " + invite);
            acknowledge(answered);
        }
    }

    /// Whatever was sent before has been read, and complained of, when this is answered.
    private static void awaitRead() throws IOException {
        Invite asked = Invite.of(carrier, "x", "<sip:carrier@10.77.0.1>");
        carrier.send(
                asked.withBody("")
                        .text()
                        .replaceFirst("^INVITE", "OPTIONS")
                        .replaceFirst("1 INVITE", "1 OPTIONS"),
                GATEWAY);
        carrier.await(
                each ->
                        each.header("Call-ID").orElse("").equals(asked.callId())
                                || !lab.host().isRunning(),
                SOON);
    }

    /// Ends each call that was refused: unacknowledged, it would be refused again and again.
    private static void acknowledge(Set<String> answered) throws IOException {
        for (SipSocket.Received each : carrier.received()) {
            String via = each.header("Via").orElse("");
            if (each.status() >= 200
                    && each.header("CSeq").orElse("").endsWith("INVITE")
                    && answered.add(via)) {
                StringBuilder ack =
                        new StringBuilder("ACK sip:x@10.77.0.2 SIP/2.0\r\nVia: " + via + "\r\n");
                for (String name : List.of("From", "To", "Call-ID")) {
                    ack.append(name).append(": ").append(each.header(name).orElse(""));
                    ack.append("\r\n");
                }
                ack.append("CSeq: ")
                        .append(each.header("CSeq").orElse("").replace("INVITE", "ACK"))
                        .append("\r\nContent-Length: 0\r\n\r\n");
                carrier.send(ack.toString(), GATEWAY);
            }
        }
    }

    private static void settle(Set<String> answered) throws IOException {
        awaitRead();
        lab.awaitIdle();
        acknowledge(answered);
        awaitRead();
        assertEquals(200, lab.controller().get("/health").status());
    }
}
