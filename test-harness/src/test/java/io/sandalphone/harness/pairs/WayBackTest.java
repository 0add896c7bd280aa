package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two people of whom one is behind the real Asterisk, and who comes to them by SIP.
@RealAsterisk
class WayBackTest {
    /// Within which whoever may not come in is told so, and holds nothing.
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final String ROOM = "0123456789abcdef0123456789abcdef";

    private static PairLab lab(Pair pair, AsteriskHost host, String settings) throws Exception {
        return PairLab.open(
                pair,
                Optional.of(host),
                ControllerSettings.tones().with(settings),
                ControllerProgram.QUICK);
    }

    @ParameterizedTest
    @CsvSource({"TWILIO_SIP, true", "SIP_TWILIO, false", "TELNYX_SIP, true"})
    void they_talk_on_without_us_and_whoever_hangs_up_ends_it_for_both(
            Pair pair, boolean callerHangsUp, AsteriskHost host) throws Exception {
        List<Integer> ports = host.udpPorts(AsteriskHost.ADDRESS);
        try (PairLab lab = lab(pair, host, PairLab.WAY_BACK)) {
            var death = Death.of(lab);
            PairPhone caller = death.two().caller();
            PairPhone destination = death.two().destination();
            String cell =
                    callerHangsUp
                            ? death.back(caller, destination)
                            : death.back(destination, caller);
            System.out.println(
                    pair + ", " + (callerHangsUp ? "caller" : "destination") + " ends: " + cell);
            System.out.println(pair + ", while ringing: " + death.ringing());
            lab.awaitNobodyLeft(Scenarios.SOON);
            assertEquals(ports, host.udpPorts(AsteriskHost.ADDRESS), "media ports");
            assertTrue(
                    host.console("confbridge list")
                            .lines()
                            .noneMatch(each -> each.contains("bridge")),
                    () -> host.console("confbridge list"));
        }
    }

    @Test
    void a_gateway_that_is_there_again_at_once_leaves_them_alone(AsteriskHost host)
            throws Exception {
        try (PairLab lab = lab(Pair.TWILIO_SIP, host, PairLab.WAY_BACK)) {
            var death = Death.of(lab);
            lab.restart();
            JoinedPair two = death.two();
            System.out.println(
                    "with a new gateway: " + death.back(two.caller(), two.destination()));
            death.ringing();
            lab.awaitNobodyLeft(Scenarios.SOON);
            lab.gateway().awaitIdle(Scenarios.SOON);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Pair.class,
            names = {"TWILIO_SIP", "SIP_TWILIO"})
    void a_gateway_that_stops_leaves_them_to_talk_on(Pair pair, AsteriskHost host)
            throws Exception {
        String settings = PairLab.WAY_BACK + "\nshutdown: {drain-timeout: 0s}";
        try (PairLab lab = lab(pair, host, settings);
                JoinedPair two = lab.join(1, Scenarios.SOON)) {
            lab.gateway().stop();
            long gone = System.nanoTime();
            ToneSpeech voice = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));
            two.caller().repeat(voice.render(ToneWord.W3));
            two.destination().repeat(voice.render(ToneWord.V5));
            Scenarios.awaitHeard(two.destination(), gone, ToneWord.W3);
            Scenarios.awaitHeard(two.caller(), gone, ToneWord.V5);
            two.destination().hangUp();
            two.caller().awaitEnded(Scenarios.SOON);
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @Test
    void without_the_setting_both_hear_a_sentence_and_are_released(AsteriskHost host)
            throws Exception {
        try (PairLab lab = lab(Pair.TWILIO_SIP, host, "")) {
            var death = Death.of(lab);
            System.out.println("no way back: " + death.talking());
            death.ringing();
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @Test
    void where_the_way_leads_nowhere_both_hear_a_sentence_and_are_released(AsteriskHost host)
            throws Exception {
        // Port 5999 of the host answers nobody.
        String nowhere =
                "asterisk: {way-back: \"sip:%s:5999\"}\nroute-defaults: {ring-timeout: 9s}"
                        .formatted(AsteriskHost.ADDRESS);
        try (PairLab lab = lab(Pair.TWILIO_SIP, host, nowhere)) {
            var death = Death.of(lab);
            System.out.println("a way that leads nowhere: " + death.talking());
            death.rung().awaitEnded(Scenarios.SOON);
            death.ringingCaller().awaitEnded(Scenarios.SOON);
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcdef0123456789abcdef",
        "2125550101",
        "+12125550101",
        "s",
        "h",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef0",
        "0-1-2-3-4-5-6-7-8-9-a-b-c-d-e-f",
        "%22%5d%29%24%7bSHELL%28x%29%7d",
        "0123456789abcdef0123456789abcde%22"
    })
    void nobody_comes_in_by_what_is_no_room_that_somebody_is_to_wait_in(
            String called, AsteriskHost host) throws Exception {
        try (SipPhone stranger = stranger(host)) {
            long since = System.nanoTime();
            assertEquals(404, call(stranger, called).finalStatus(AT_ONCE));
            System.out.printf(
                    "refused after %d ms%n",
                    Duration.ofNanos(System.nanoTime() - since).toMillis());
        }
        host.awaitIdle(AT_ONCE);
    }

    @Test
    void a_hundred_strangers_at_once_hold_nothing(AsteriskHost host) throws Exception {
        List<Integer> ports = host.udpPorts(AsteriskHost.ADDRESS);
        try (SipPhone stranger = stranger(host)) {
            List<PhoneCall> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(call(stranger, ROOM));
            }
            for (PhoneCall each : calls) {
                assertEquals(404, each.finalStatus(Scenarios.SOON), each::history);
            }
        }
        host.awaitIdle(Scenarios.SOON);
        assertEquals(ports, host.udpPorts(AsteriskHost.ADDRESS), "media ports");
        assertTrue(host.isRunning());
    }

    @Test
    void while_we_are_there_one_may_wait_for_a_moment_and_is_then_refused(AsteriskHost host)
            throws Exception {
        try (PairLab lab = lab(Pair.TWILIO_SIP, host, PairLab.WAY_BACK);
                SipPhone carrier = stranger(host);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            String room = room(host);
            PhoneCall first = call(carrier, room);
            assertEquals(404, awaitSecond(carrier, room), "the second");
            assertEquals(404, first.finalStatus(Duration.ofSeconds(8)), "the first");
            assertTrue(call.caller().isUp() && call.destination().isUp(), "nobody noticed");
        }
    }

    /// What somebody is told who calls the same room while another waits for it.
    private static int awaitSecond(SipPhone carrier, String room) throws Exception {
        return call(carrier, room).finalStatus(AT_ONCE);
    }

    /// The room of the only call.
    static String room(AsteriskHost host) {
        for (JsonNode channel : host.channels()) {
            String room = host.variable(channel.path("id").asText(), "SP_ROOM");
            if (!room.isEmpty()) {
                return room;
            }
        }
        throw new AssertionError("no room among " + host.channels());
    }

    private static SipPhone stranger(AsteriskHost host) throws IOException {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.STREAM_CARRIER_ADDRESS, 0));
    }

    private static PhoneCall call(SipPhone phone, String user) throws IOException {
        return phone.call("+16465550300", "sip:%s@%s:5060".formatted(user, AsteriskHost.ADDRESS));
    }
}
