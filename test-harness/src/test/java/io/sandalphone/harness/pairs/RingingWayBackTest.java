package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// Somebody behind the real Asterisk who is rung while the gateway dies, and whoever called them from another carrier.
@RealAsterisk
class RingingWayBackTest {
    private static final Pair PAIR = Pair.TWILIO_SIP;

    /// Within which a telephone that rings for nobody stops.
    private static final Duration STOPS = Duration.ofSeconds(1);

    private static PairLab lab(AsteriskHost host, String settings) throws Exception {
        return PairLab.open(
                PAIR,
                Optional.of(host),
                ControllerSettings.tones().with(PairLab.WAY_BACK + "\n" + settings),
                ControllerProgram.QUICK);
    }

    @Test
    void who_answers_before_the_caller_is_back_waits_for_them(AsteriskHost host) throws Exception {
        try (PairLab lab = lab(host, "")) {
            var death = Death.of(lab);
            death.two().close();
            death.rung().answer();
            long heard = death.bothHeard(death.ringingCaller(), death.rung());
            System.out.println(
                    "answered at once, joined "
                            + Scenarios.within(
                                    Duration.ofSeconds(10),
                                    death.killedNanos(),
                                    heard,
                                    "both hear each other"));
            death.ringingCaller().hangUp();
            death.rung().awaitEnded(Scenarios.SOON);
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @Test
    void when_nobody_answers_the_caller_is_told_and_released(AsteriskHost host) throws Exception {
        try (PairLab lab = lab(host, "route-defaults: {ring-timeout: 9s}")) {
            var death = Death.of(lab);
            death.two().close();
            death.awaitBack();
            long stopped = death.rung().awaitEnded(Scenarios.SOON);
            long released = death.ringingCaller().awaitEnded(Scenarios.SOON);
            System.out.printf(
                    "nobody answers: released %d ms after the ringing%n",
                    Duration.ofNanos(released - stopped).toMillis());
            assertTrue(
                    Scenarios.loudMillis(
                                    death.ringingCaller().heard().between(stopped, released).pcm())
                            > 1000,
                    "a sentence");
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @Test
    void when_the_caller_hangs_up_the_telephone_stops(AsteriskHost host) throws Exception {
        try (PairLab lab = lab(host, "")) {
            var death = Death.of(lab);
            death.two().close();
            death.awaitBack();
            long hungUp = System.nanoTime();
            death.ringingCaller().hangUp();
            long stopped = death.rung().awaitEnded(Scenarios.SOON);
            Scenarios.within(STOPS, hungUp, stopped, "the telephone stops");
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @Test
    void a_gateway_that_is_there_again_leaves_the_telephone_to_ring(AsteriskHost host)
            throws Exception {
        try (PairLab lab = lab(host, "")) {
            var death = Death.of(lab);
            death.two().close();
            lab.restart();
            System.out.println("with a new gateway: " + death.ringsOn());
            lab.awaitNobodyLeft(Scenarios.SOON);
            lab.gateway().awaitIdle(Scenarios.SOON);
        }
    }

    @Test
    void while_we_are_there_who_comes_back_is_refused_and_the_call_goes_on(AsteriskHost host)
            throws Exception {
        try (PairLab lab = lab(host, "");
                SipPhone carrier =
                        SipPhone.open(
                                host.carrier(),
                                new InetSocketAddress(AsteriskHost.STREAM_CARRIER_ADDRESS, 0))) {
            lab.answerWhenTold(1, true);
            PairPhone caller = lab.call(1);
            PairPhone rung = lab.awaitRung(1, Scenarios.SOON);
            PhoneCall stranger =
                    carrier.call(
                            "+16465550300",
                            "sip:%s@%s:5060"
                                    .formatted(WayBackTest.room(host), AsteriskHost.ADDRESS));
            assertEquals(404, stranger.finalStatus(Duration.ofSeconds(8)), stranger::history);
            rung.answer();
            try (JoinedPair two = lab.joined(1, caller, rung, Scenarios.SOON)) {
                Scenarios.bothHear(caller, rung, two.sinceNanos(), ToneWord.W2, ToneWord.V4);
            }
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }

    @Test
    void who_declines_ends_the_call_with_the_callers_being_told(AsteriskHost host)
            throws Exception {
        try (PairLab lab = lab(host, "")) {
            lab.answerWhenTold(1, true);
            PairPhone caller = lab.call(1);
            PairPhone rung = lab.awaitRung(1, Scenarios.SOON);
            caller.awaitUp(Scenarios.SOON);
            rung.hangUp();
            caller.awaitEnded(Scenarios.SOON);
            lab.awaitNobodyLeft(Scenarios.SOON);
            lab.gateway().awaitIdle(Scenarios.SOON);
        }
    }

    @Test
    void a_caller_who_hangs_up_stops_the_ringing(AsteriskHost host) throws Exception {
        try (PairLab lab = lab(host, "")) {
            lab.answerWhenTold(1, true);
            PairPhone caller = lab.call(1);
            PairPhone rung = lab.awaitRung(1, Scenarios.SOON);
            caller.awaitHeardUntil(System.nanoTime(), Scenarios.SOON);
            long hungUp = System.nanoTime();
            caller.hangUp();
            Scenarios.within(STOPS, hungUp, rung.awaitEnded(Scenarios.SOON), "the telephone stops");
            lab.awaitNobodyLeft(Scenarios.SOON);
            lab.gateway().awaitIdle(Scenarios.SOON);
        }
    }
}
