package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;
import static io.sandalphone.harness.calls.HairpinProgram.RUNG;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Calls whose legs on Asterisk are carried through us by WebSockets, and what becomes of them without us.
@RealAsterisk
class HairpinCallTest {
    /// Within which whoever is left is released when the other one hangs up.
    private static final Duration RELEASE = Duration.ofSeconds(1);

    private final AsteriskHost host;
    private final Heartbeat heartbeat = new Heartbeat();
    private final SipPhone callers;
    private final SipPhone destinations;
    private final HairpinGateway gateway;

    HairpinCallTest(AsteriskHost host) throws Exception {
        this.host = host;
        callers = phone(5070);
        destinations = phone(5060);
        gateway = HairpinGateway.start(host);
    }

    private SipPhone phone(int port) throws Exception {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        try {
            host.awaitIdle(SOON);
        } finally {
            host.console("channel request hangup all");
            gateway.close();
            callers.close();
            destinations.close();
            heartbeat.close();
        }
    }

    private PhoneCall call() throws Exception {
        return callers.call(
                "12125550109",
                "sip:" + RealAsterisk.CALLED.substring(1) + "@" + AsteriskHost.ADDRESS + ":5060");
    }

    /// Two phones that hear each other through us.
    private record Pair(PhoneCall caller, PhoneCall destination) {}

    private Pair join() throws Exception {
        PhoneCall caller = call();
        PhoneCall destination = destinations.awaitIncoming(RUNG, SOON);
        destination.awaitAnswered(SOON);
        caller.awaitAnswered(SOON);
        return new Pair(caller, destination);
    }

    private Voices voices(Pair pair) {
        return new Voices(pair.caller(), pair.destination(), heartbeat);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_people_hear_each_other_through_us_until_one_hangs_up(boolean callerEnds)
            throws Exception {
        Pair pair = join();
        voices(pair).assertBothHeard(ToneWord.W2, ToneWord.V2);
        PhoneCall ending = callerEnds ? pair.caller() : pair.destination();
        PhoneCall left = callerEnds ? pair.destination() : pair.caller();
        long hungUp = System.nanoTime();
        ending.hangUp();
        assertWithin(RELEASE, hungUp, left.awaitEnded(SOON), "the other one is released");
        gateway.await("released", SOON);
    }

    private static void assertWithin(Duration limit, long from, long to, String what) {
        Duration took = Duration.ofNanos(to - from);
        System.out.printf("%s after %d ms%n", what, took.toMillis());
        assertTrue(took.compareTo(limit) <= 0, () -> what + " after " + took);
    }

    @Test
    void a_caller_is_answered_when_the_destination_is_and_not_before() throws Exception {
        destinations.onIncoming(_ -> Answer.ring());
        PhoneCall caller = call();
        PhoneCall destination = destinations.awaitIncoming(RUNG, SOON);
        caller.awaitRinging(SOON);
        gateway.await("ringing DESTINATION", SOON);
        assertFalse(caller.isUp());
        long answered = System.nanoTime();
        destination.answer();
        assertWithin(RELEASE, answered, caller.awaitAnswered(SOON), "the caller is answered");
        caller.hangUp();
        destination.awaitEnded(SOON);
    }

    @ParameterizedTest
    @ValueSource(ints = {486, 503})
    void a_caller_learns_why_the_destination_was_not_reached(int status) throws Exception {
        destinations.onIncoming(_ -> Answer.refuse(status));
        assertEquals(status, call().finalStatus(SOON));
        gateway.await("released", SOON);
    }

    @Test
    void a_caller_who_gives_up_stops_the_ringing() throws Exception {
        destinations.onIncoming(_ -> Answer.ring());
        PhoneCall caller = call();
        PhoneCall destination = destinations.awaitIncoming(RUNG, SOON);
        long gaveUp = System.nanoTime();
        caller.hangUp();
        assertWithin(RELEASE, gaveUp, destination.awaitEnded(SOON), "the ringing stops");
        gateway.await("released", SOON);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_is_left_by_us_talks_on_in_the_room_of_the_call(boolean killed) throws Exception {
        Pair pair = join();
        voices(pair).assertBothHeard(ToneWord.W2, ToneWord.V2);
        if (killed) {
            gateway.kill();
        } else {
            gateway.order(HairpinProgram.LEAVE);
            gateway.await("released", SOON);
        }
        Poll.until(
                SOON,
                () ->
                        host.console("confbridge list")
                                .lines()
                                .anyMatch(line -> line.matches("[0-9a-f]{32} +2 .*")),
                () -> "both are in a room: " + host.console("confbridge list"));
        voices(pair).assertBothHeard(ToneWord.W3, ToneWord.V3);
        long hungUp = System.nanoTime();
        pair.caller().hangUp();
        assertWithin(
                RELEASE, hungUp, pair.destination().awaitEnded(SOON), "the other one is released");
    }
}
