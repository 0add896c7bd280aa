package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SipPhoneTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration AFTER_RETRANSMISSIONS = Duration.ofSeconds(5);
    private static final String CALLER = "+15550100";
    private static final String CALLED = "+15550199";

    private SipPhone caller;
    private SipPhone destination;

    @BeforeEach
    void plug_in() throws IOException {
        caller = SipPhone.open(loopback());
        destination = SipPhone.open(loopback());
    }

    @AfterEach
    void unplug() {
        caller.close();
        destination.close();
    }

    @Test
    void a_call_rings_is_answered_and_hung_up_by_the_caller() throws Exception {
        destination.onIncoming(_ -> Answer.after(Duration.ofMillis(50)));
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        long rang = call.awaitRinging(SOON);
        long answered = call.awaitAnswered(SOON);
        assertTrue(answered - rang >= 40_000_000, "rang for " + (answered - rang) + " ns");
        PhoneCall received = destination.awaitIncoming(CALLED, SOON);
        received.awaitAnswered(SOON);
        assertEquals(CALLED, received.called());
        assertEquals(CALLER, received.caller());
        assertTrue(call.isUp());

        call.hangUp();

        call.awaitEnded(SOON);
        received.awaitEnded(SOON);
        assertEquals(200, call.finalStatus(SOON));
        assertFalse(call.endedByFarEnd());
        assertTrue(received.endedByFarEnd());
        assertEquals(List.of(), caller.calls());
        assertEquals(List.of(), destination.calls());
    }

    @Test
    void the_called_phone_hangs_up_too() throws Exception {
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        call.awaitAnswered(SOON);
        destination.awaitIncoming(CALLED, SOON).hangUp();
        call.awaitEnded(SOON);
        assertTrue(call.endedByFarEnd());
    }

    @Test
    void the_caller_gives_up_while_it_rings() throws Exception {
        destination.onIncoming(_ -> Answer.ring());
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        call.awaitRinging(SOON);
        call.hangUp();
        call.awaitEnded(SOON);
        assertEquals(487, call.finalStatus(SOON));
        assertFalse(call.endedByFarEnd());
        PhoneCall received = destination.awaitIncoming(CALLED, SOON);
        received.awaitEnded(SOON);
        assertTrue(received.endedByFarEnd());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 480, 486, 488, 503, 600, 603})
    void a_refusal_reaches_the_caller_as_it_is(int status) throws Exception {
        destination.onIncoming(_ -> Answer.refuse(status));
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        assertEquals(status, call.finalStatus(SOON));
        call.awaitEnded(SOON);
        assertTrue(call.endedByFarEnd());
        assertFalse(call.isUp());
        var failure = assertThrows(AssertionError.class, () -> call.awaitAnswered(SOON));
        assertTrue(failure.toString().contains("< " + status), failure.toString());
    }

    @Test
    void the_test_itself_may_take_a_ringing_call_or_refuse_it() throws Exception {
        destination.onIncoming(_ -> Answer.ring());
        PhoneCall first = caller.call(CALLER, destination.uri(CALLED));
        destination.awaitIncoming(CALLED, SOON).answer();
        first.awaitAnswered(SOON);
        PhoneCall second = caller.call(CALLER, destination.uri(CALLED));
        destination.awaitIncoming(CALLED, SOON).refuse(486);
        assertEquals(486, second.finalStatus(SOON));
    }

    @Test
    void a_hangup_of_the_called_phone_while_it_rings_declines() throws Exception {
        destination.onIncoming(_ -> Answer.ring());
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        destination.awaitIncoming(CALLED, SOON).hangUp();
        assertEquals(603, call.finalStatus(SOON));
    }

    @Test
    void early_media_is_heard_before_the_answer() throws Exception {
        destination.onIncoming(_ -> Answer.afterEarlyMedia(Duration.ofMillis(200)));
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        long answered = call.awaitAnswered(SOON);
        long first = call.media().received().packets().getFirst().arrivalNanos();
        assertTrue(first < answered, call::toString);
    }

    @Test
    void one_phone_is_a_whole_carrier() throws Exception {
        destination.onIncoming(
                called ->
                        switch (called) {
                            case "busy" -> Answer.refuse(486);
                            case "early" -> Answer.afterEarlyMedia(Duration.ofMillis(20));
                            default -> Answer.atOnce();
                        });
        assertEquals(486, caller.call(CALLER, destination.uri("busy")).finalStatus(SOON));
        caller.call(CALLER, destination.uri("early")).awaitAnswered(SOON);
        List<PhoneCall> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(caller.call(CALLER, destination.uri("n" + i)));
        }
        for (int i = 0; i < many.size(); i++) {
            many.get(i).awaitAnswered(SOON);
            destination.awaitIncoming("n" + i, SOON).hangUp();
            many.get(i).awaitEnded(SOON);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "SIP/2.0 200"})
    void what_is_lost_on_the_way_is_sent_again(String lost) throws Exception {
        try (var relay = new LossyRelay(destination.address(), 2, text -> text.startsWith(lost))) {
            PhoneCall call = caller.call(CALLER, relay.uri(CALLED));
            call.awaitAnswered(AFTER_RETRANSMISSIONS);
            PhoneCall received = destination.awaitIncoming(CALLED, SOON);
            assertEquals(1, destination.calls().size());
            call.hangUp();
            received.awaitEnded(SOON);
            assertFalse(received.history().contains("INVITE again"), received::history);
        }
    }

    @Test
    void a_lost_refusal_is_sent_again_until_it_is_acknowledged() throws Exception {
        destination.onIncoming(_ -> Answer.refuse(486));
        try (var relay =
                new LossyRelay(
                        destination.address(),
                        2,
                        text -> text.startsWith("SIP/2.0 486") || text.startsWith("ACK"))) {
            PhoneCall call = caller.call(CALLER, relay.uri(CALLED));
            assertEquals(486, call.finalStatus(AFTER_RETRANSMISSIONS));
        }
    }

    @Test
    void a_dead_host_does_not_even_ring() throws Exception {
        destination.onIncoming(_ -> Answer.ignore());
        PhoneCall call = caller.call(CALLER, destination.uri(CALLED));
        assertThrows(AssertionError.class, () -> call.awaitRinging(Duration.ofMillis(100)));
        assertEquals(List.of(), destination.calls());
    }

    @Test
    void an_answer_that_crosses_the_cancel_ends_in_goodbye() throws Exception {
        destination.onIncoming(_ -> Answer.ring());
        try (var relay =
                new LossyRelay(destination.address(), 1, text -> text.startsWith("CANCEL"))) {
            PhoneCall call = caller.call(CALLER, relay.uri(CALLED));
            call.awaitRinging(SOON);
            call.hangUp();
            PhoneCall received = destination.awaitIncoming(CALLED, SOON);
            received.answer();
            call.awaitEnded(SOON);
            received.awaitEnded(SOON);
            assertTrue(call.history().contains("> BYE"), call::history);
        }
    }

    @Test
    void what_a_carrier_asks_is_confirmed() throws Exception {
        for (String method : List.of("OPTIONS", "REGISTER", "NOTIFY")) {
            String reply = ask(method, "Contact: <sip:me@127.0.0.1:9>\r\nExpires: 77\r\n");
            assertTrue(reply.startsWith("SIP/2.0 200 OK\r\n"), reply);
            assertTrue(reply.contains(";rport="), reply);
        }
        assertTrue(ask("REGISTER", "Expires: 77\r\n").contains("Expires: 77\r\n"));
    }

    @Test
    void what_is_asked_about_no_call_is_refused() throws Exception {
        assertTrue(ask("BYE", "").startsWith("SIP/2.0 481 "));
        assertTrue(ask("CANCEL", "").startsWith("SIP/2.0 481 "));
        assertTrue(ask("PUBLISH", "").startsWith("SIP/2.0 501 "));
    }

    @Test
    void noise_on_the_signalling_port_is_survived() throws Exception {
        try (DatagramSocket stranger = new DatagramSocket(loopback())) {
            for (String noise : List.of("\r\n\r\n", "", "INVITE\r\n\r\n", "x\r\nVia\r\n\r\n")) {
                byte[] bytes = noise.getBytes(StandardCharsets.UTF_8);
                stranger.send(new DatagramPacket(bytes, bytes.length, destination.address()));
            }
        }
        caller.call(CALLER, destination.uri(CALLED)).awaitAnswered(SOON);
    }

    @Test
    void awaiting_a_call_that_does_not_come_says_so() {
        assertThrows(
                AssertionError.class,
                () -> destination.awaitIncoming(CALLED, Duration.ofMillis(10)));
    }

    private String ask(String method, String headers) throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(loopback())) {
            stranger.setSoTimeout(2000);
            String request =
                    method
                            + " sip:x@127.0.0.1 SIP/2.0\r\n"
                            + "Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK"
                            + System.nanoTime()
                            + "\r\nf: <sip:a@127.0.0.1>;tag=1\r\nt: <sip:b@127.0.0.1>\r\n"
                            + "i: abc\r\nCSeq: 1 "
                            + method
                            + "\r\n"
                            + headers
                            + "\r\n";
            byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
            stranger.send(new DatagramPacket(bytes, bytes.length, destination.address()));
            var reply = new DatagramPacket(new byte[2048], 2048);
            stranger.receive(reply);
            return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
