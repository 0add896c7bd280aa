package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A trunk of two POPs of which the first dies, at a real Asterisk behind its firewall that is registered at both.
@RealAsterisk
class TwoPopsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Within which the second POP rings after the first one said nothing to an invitation.
    private static final Duration FAILOVER = Duration.ofSeconds(15);

    private static final ToneSpeech VOICE = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));

    private static AsteriskHost host;
    private SipPhone first;
    private SipPhone second;

    @BeforeAll
    static void boot() {
        host =
                AsteriskHost.boot(
                        new AsteriskHost.Options(
                                Map.of(RealAsterisk.CALLED, RealAsterisk.DESTINATION),
                                10_000,
                                12_999,
                                Map.of(
                                        "TRUNK_MODE", "registration",
                                        "TRUNK_PASSWORD", "kX3-pq9ZrT_41vb",
                                        "TRUNK_BACKUP_HOST", AsteriskHost.SECOND_CARRIER_ADDRESS,
                                        "TRUNK_ADDRESSES", both(),
                                        "MEDIA_NETWORKS", both(),
                                        "TRUNK_QUALIFY_SECONDS", "1",
                                        "FALLBACK_RING_SECONDS", "20")));
        host.loadFirewall();
    }

    private static String both() {
        return AsteriskHost.CARRIER_ADDRESS + " " + AsteriskHost.SECOND_CARRIER_ADDRESS;
    }

    @AfterAll
    static void shutDown() {
        host.close();
    }

    @BeforeEach
    void both_are_there() throws IOException {
        first = pop(AsteriskHost.CARRIER_ADDRESS);
        second = pop(AsteriskHost.SECOND_CARRIER_ADDRESS);
        host.console("pjsip send register *all");
        Poll.until(
                SOON,
                () ->
                        host.console("pjsip show registrations").split("Registered", -1).length == 3
                                && host.console("pjsip show contacts").split("Avail", -1).length
                                        == 3,
                () ->
                        host.console("pjsip show registrations")
                                + host.console("pjsip show contacts"));
    }

    @AfterEach
    void nothing_is_left() {
        first.close();
        second.close();
        host.awaitIdle(SOON);
    }

    private static SipPhone pop(String address) throws IOException {
        return SipPhone.open(host.carrier(), new InetSocketAddress(address, 5060));
    }

    /// Stopped once its call has ended, and with it what it made at Asterisk.
    private static AutoCloseable controller() {
        ControllerProcess controller =
                ControllerProcess.start(
                        host,
                        ControllerSettings.tones()
                                .route(
                                        RealAsterisk.CALLED,
                                        RealAsterisk.DESTINATION,
                                        "relay: true"),
                        ControllerProgram.QUICK);
        return () -> {
            try (controller) {
                controller.awaitIdle(SOON);
            }
        };
    }

    private static PhoneCall call(SipPhone pop) throws IOException {
        return pop.call(
                "+15550100009",
                "sip:%s@%s:5060".formatted(RealAsterisk.CALLED.substring(1), AsteriskHost.ADDRESS));
    }

    private static void talkAndEnd(PhoneCall caller, PhoneCall destination) throws Exception {
        caller.awaitAnswered(SOON);
        destination.awaitAnswered(SOON);
        caller.media().repeat(VOICE.render(ToneWord.W3));
        destination.media().repeat(VOICE.render(ToneWord.V5));
        awaitHeard(destination, ToneWord.W3);
        awaitHeard(caller, ToneWord.V5);
        caller.hangUp();
        destination.awaitEnded(SOON);
    }

    private static void awaitHeard(PhoneCall call, ToneWord word) {
        Poll.until(
                SOON,
                () ->
                        ToneDetector.listen(call.media().received().heardByTimestamp().pcm())
                                .words()
                                .contains(word),
                () -> word + " is heard: " + call + host.log());
    }

    @Test
    void calls_arrive_by_either() throws Exception {
        for (SipPhone pop : new SipPhone[] {first, second}) {
            PhoneCall caller = call(pop);
            talkAndEnd(caller, first.awaitIncoming(RealAsterisk.DESTINATION, SOON));
        }
        assertEquals(0, host.firewallDrops());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void between_calls_it_is_noticed_and_the_next_one_goes_by_the_second(boolean controlled)
            throws Exception {
        try (AutoCloseable _ = controlled ? controller() : () -> {}) {
            first.close();
            Poll.until(
                    SOON,
                    () -> host.console("pjsip show contacts").contains("Unavail"),
                    () -> host.console("pjsip show contacts"));
            long called = System.nanoTime();
            PhoneCall caller = call(second);
            PhoneCall destination = second.awaitIncoming(RealAsterisk.DESTINATION, SOON);
            report("between calls", controlled, called);
            talkAndEnd(caller, destination);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_that_is_being_placed_goes_by_the_second_as_well(boolean controlled)
            throws Exception {
        try (AutoCloseable _ = controlled ? controller() : () -> {}) {
            var invited = new CountDownLatch(1);
            first.onIncoming(
                    _ -> {
                        invited.countDown();
                        return Answer.ignore();
                    });
            PhoneCall caller = call(second);
            assertTrue(invited.await(SOON.toSeconds(), TimeUnit.SECONDS), "the first is asked");
            long killed = System.nanoTime();
            first.close();
            PhoneCall destination = second.awaitIncoming(RealAsterisk.DESTINATION, FAILOVER);
            report("while being placed", controlled, killed);
            talkAndEnd(caller, destination);
        }
    }

    private static void report(String when, boolean controlled, long since) {
        System.out.printf(
                "%s, %s: the second POP is asked after %d ms%n",
                when,
                controlled ? "with the controller" : "without",
                Duration.ofNanos(System.nanoTime() - since).toMillis());
    }
}
