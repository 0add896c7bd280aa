package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asterisk crashes when the controller asks for media and no port is free. A host with ports for
/// four calls, and more people who want to call.
@RealAsterisk
class MediaPortsTest {
    private static final int CALLS = 4;
    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = FIRST_PORT + CALLS * AsteriskHost.PORTS_PER_CALL - 1;
    private static final int SURPLUS = 30;
    private static final String FALLBACK = "+12025550102";
    private static final String OPERATORS_FIRST = "+12025550111";
    private static final String OPERATORS_SECOND = "+12025550112";

    private static AsteriskHost host;

    private long pid;

    @BeforeAll
    static void boot() {
        host =
                AsteriskHost.boot(
                        new AsteriskHost.Options(Map.of("*", FALLBACK), FIRST_PORT, LAST_PORT));
        host.loadFirewall();
    }

    @AfterAll
    static void shutDown() {
        host.close();
    }

    @BeforeEach
    void note_which_asterisk_it_is() {
        pid = host.pid();
    }

    @AfterEach
    void it_is_still_the_same_and_idle() {
        host.awaitIdle(SOON);
        assertEquals(pid, host.pid());
    }

    @Test
    void a_call_takes_five_even_ports_and_one_call_too_many_is_refused_while_the_others_talk_on()
            throws Exception {
        // The controller's own limit is far above what Asterisk has ports for.
        try (var lab = CallLab.open(host, CallLab.tones());
                var heartbeat = new Heartbeat()) {
            List<JoinedCall> joined = join(lab, CALLS);
            assertEquals(CALLS * 2, evenPorts(AsteriskHost.ADDRESS));
            assertEquals(CALLS * 3, evenPorts("127.0.0.1"));

            JoinedCall first = joined.getFirst();
            var voices = new Voices(first.caller(), first.destination(), heartbeat);
            assertRefused(surplus(lab.callers()));
            voices.assertBothHeard(ToneWord.W1, ToneWord.W2);
            voices.assertUnbroken("while " + SURPLUS + " more wanted to call");

            JoinedCall last = joined.removeLast();
            last.caller().hangUp();
            last.destination().awaitEnded(SOON);
            Poll.until(
                    SOON,
                    () -> lab.controller().sessions().size() < CALLS,
                    "the place of a call that ended is free");
            joined.add(lab.join(ONE_WAY));
            endAll(lab, joined);
        }
    }

    @Test
    void operators_calls_are_held_to_the_same_number() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            List<JoinedCall> joined = join(lab, CALLS - 1);
            assertEquals(201, originate(lab));
            PhoneCall one = lab.destinations().awaitIncoming(OPERATORS_FIRST, SOON);
            lab.destinations().awaitIncoming(OPERATORS_SECOND, SOON);
            assertEquals(429, originate(lab));
            assertEquals(503, lab.call(ONE_WAY).finalStatus(SOON));
            one.hangUp();
            endAll(lab, joined);
        }
    }

    @Test
    void sound_that_is_attached_again_in_all_calls_at_once_has_its_ports() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            List<JoinedCall> joined = join(lab, CALLS);
            Map<String, String> lost = mediaChannels();
            lost.values().forEach(name -> host.console("channel request hangup " + name));
            Poll.until(
                    SOON,
                    () ->
                            mediaChannels().size() == CALLS * 3
                                    && Collections.disjoint(
                                            mediaChannels().keySet(), lost.keySet()),
                    () -> "all calls have their sound back: " + mediaChannels());
            endAll(lab, joined);
        }
    }

    @Test
    void ports_that_other_programs_took_cost_interpretation_and_never_asterisk() throws Exception {
        List<DatagramSocket> others = new ArrayList<>();
        try (var lab = CallLab.open(host, CallLab.tones());
                var heartbeat = new Heartbeat()) {
            JoinedCall first = lab.join(ONE_WAY);
            // All of loopback but what one call has, and one port.
            for (int port = FIRST_PORT; port < LAST_PORT - 1; port += 2) {
                if (!host.udpPorts("127.0.0.1").contains(port)) {
                    others.add(occupy(port));
                }
            }
            PhoneCall caller = lab.call(ONE_WAY);
            PhoneCall destination =
                    lab.destinations().awaitIncoming(CallLab.destinationOf(ONE_WAY), SOON);
            Poll.until(
                    SOON,
                    () -> lab.controller().metric("sandalphone_overlay_audio_lost_total") >= 1,
                    "the second call cannot be interpreted");
            new Voices(caller, destination, heartbeat).assertBothHeard(ToneWord.W1, ToneWord.W2);
            others.forEach(DatagramSocket::close);
            Poll.until(
                    SOON,
                    () -> mediaChannels().size() == 6,
                    () -> "it is, when there are ports again: " + mediaChannels());
            caller.hangUp();
            destination.awaitEnded(SOON);
            first.close();
        } finally {
            others.forEach(DatagramSocket::close);
        }
    }

    private static DatagramSocket occupy(int port) throws Exception {
        return host.vps()
                .call(
                        () ->
                                new DatagramSocket(
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), port)));
    }

    @Test
    void without_a_controller_the_dialplan_counts() throws Exception {
        try (var callers = phone(5070);
                var destinations = phone(5060)) {
            List<PhoneCall> talking = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                talking.add(call(callers));
            }
            for (PhoneCall caller : talking) {
                caller.awaitAnswered(SOON);
            }
            assertRefused(surplus(callers));
            assertTrue(talking.stream().allMatch(PhoneCall::isUp));
            assertEquals(2 * CALLS, destinations.calls().size() + talking.size());
            talking.forEach(PhoneCall::hangUp);
            host.awaitIdle(SOON);
        }
    }

    private static List<JoinedCall> join(CallLab lab, int calls) throws Exception {
        List<JoinedCall> joined = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            joined.add(lab.join(ONE_WAY));
        }
        return joined;
    }

    private static void endAll(CallLab lab, List<JoinedCall> joined) {
        joined.forEach(call -> call.caller().hangUp());
        lab.awaitIdle();
        joined.forEach(JoinedCall::close);
    }

    private static SipPhone phone(int port) throws IOException {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
    }

    private static PhoneCall call(SipPhone phone) throws IOException {
        return phone.call("+12125550109", "sip:" + ONE_WAY + "@" + AsteriskHost.ADDRESS + ":5060");
    }

    /// Many calls in one moment.
    private static List<PhoneCall> surplus(SipPhone phone) throws IOException {
        List<PhoneCall> surplus = new ArrayList<>();
        for (int i = 0; i < SURPLUS; i++) {
            surplus.add(call(phone));
        }
        return surplus;
    }

    /// 503 by the dialplan; 488 when there is not even a port for being refused there.
    private static void assertRefused(List<PhoneCall> calls) throws InterruptedException {
        for (PhoneCall call : calls) {
            int status = call.finalStatus(SOON);
            assertTrue(status == 503 || status == 488, "refused, not answered by " + status);
        }
    }

    private static int originate(CallLab lab) {
        return lab.controller()
                .post(
                        "/calls",
                        "{\"from\": \"%s\", \"to\": \"%s\"}"
                                .formatted(OPERATORS_FIRST, OPERATORS_SECOND))
                .status();
    }

    /// The names of the channels to the controller, by their ids: a name ends in an address of memory, which the next
    /// channel may have again.
    private static Map<String, String> mediaChannels() {
        Map<String, String> names = new HashMap<>();
        for (JsonNode channel : host.channels()) {
            String name = channel.path("name").asText();
            if (name.startsWith("UnicastRTP/")) {
                names.put(channel.path("id").asText(), name);
            }
        }
        return names;
    }

    /// How many even ports of the range are taken at `address`.
    private static long evenPorts(String address) {
        return host.udpPorts(address).stream()
                .filter(port -> port >= FIRST_PORT && port <= LAST_PORT && port % 2 == 0)
                .count();
    }
}
