package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.function.Function;

/// What becomes of calls when the controller is killed in the middle of them.
@RealAsterisk
class ControllerCrashTest {
    private final AsteriskHost host;
    private final Heartbeat heartbeat = new Heartbeat();

    ControllerCrashTest(AsteriskHost host) {
        this.host = host;
    }

    @AfterEach
    void end_what_a_failed_test_left() {
        heartbeat.close();
        host.console("channel request hangup all");
    }

    private Voices voices(PhoneCall caller, PhoneCall destination) {
        return new Voices(caller, destination, heartbeat);
    }

    private Voices voices(JoinedCall call) {
        return voices(call.caller(), call.destination());
    }

    @Test
    void a_killed_controller_is_not_missed_and_the_caller_ends_the_call() throws Exception {
        goOnAndHangUp(JoinedCall::caller, JoinedCall::destination);
    }

    @Test
    void a_killed_controller_is_not_missed_and_the_destination_ends_the_call() throws Exception {
        goOnAndHangUp(JoinedCall::destination, JoinedCall::caller);
    }

    private void goOnAndHangUp(
            Function<JoinedCall, PhoneCall> leaving, Function<JoinedCall, PhoneCall> left)
            throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            JoinedCall call = lab.join(ONE_WAY);
            call.listen(Duration.ofMillis(500));
            var voices = voices(call);
            lab.controller().kill();
            voices.assertBothHeard(ToneWord.W2, ToneWord.V2);
            voices.assertUnbroken("after kill -9");

            leaving.apply(call).hangUp();
            left.apply(call).awaitEnded(SOON);
            lab.controller().restart();
            host.awaitIdle(SOON);
            assertTrue(lab.controller().metric("sandalphone_overlay_swept_total") > 0);
        }
    }

    @Test
    void a_caller_whose_destination_did_not_ring_yet_is_taken_up_by_the_next_controller()
            throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            lab.destinations().onIncoming(_ -> Answer.ignore());
            PhoneCall caller = lab.call(ONE_WAY);
            Poll.until(
                    SOON,
                    () -> membersOfTheMainBridge() == 2,
                    () -> "the destination is dialled: " + host.channels() + host.bridges());
            lab.controller().kill();
            assertEquals(2, host.channels().size(), "nobody has gone");

            lab.destinations().onIncoming(_ -> Answer.atOnce());
            lab.controller().restart();
            caller.awaitAnswered(SOON);
            PhoneCall destination =
                    lab.destinations().awaitIncoming(CallLab.destinationOf(ONE_WAY), SOON);
            voices(caller, destination).assertBothHeard(ToneWord.W2, ToneWord.V2);
            assertEquals(1, lab.controller().metric("sandalphone_overlay_arrivals_adopted_total"));
            caller.hangUp();
            destination.awaitEnded(SOON);
            lab.awaitIdle();
        }
    }

    private int membersOfTheMainBridge() {
        for (var bridge : host.bridges()) {
            if (bridge.path("id").asText().endsWith("-main")) {
                return bridge.path("channels").size();
            }
        }
        return 0;
    }

    @Test
    void a_restarted_controller_clears_up_lifts_the_ducking_and_takes_calls() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones().engine("tone", "word", "4s"))) {
            JoinedCall call = lab.join(ONE_WAY);
            var before = voices(call);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            before.awaitDucked(ToneWord.V1, ToneWord.W5);
            var voices = voices(call);
            lab.controller().kill();
            call.listen(Duration.ofMillis(500));
            double ducked = voices.levelAtDestination(ToneWord.W5);
            assertEquals(-34, ducked, 1.5, "the voice of the caller, ducked");

            lab.controller().restart();
            double restored = voices.awaitFull(ToneWord.W5);
            Poll.until(
                    SOON,
                    () -> host.channels().size() == 2 && host.bridges().size() == 1,
                    () -> "only the pair is left: " + host.channels() + host.bridges());
            call.listen(Duration.ofMillis(300));
            voices.assertUnbroken("over kill -9 and restart");
            System.out.printf("ducked %.1f dBov, after restart %.1f dBov%n", ducked, restored);

            JoinedCall next = lab.join(CallLab.BOTH_WAYS);
            next.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W4));
            next.awaitSpoken(ToneWord.W4);
            next.caller().hangUp();
            next.destination().awaitEnded(SOON);
            next.events().close();
            assertTrue(call.caller().isUp() && call.destination().isUp(), "the old pair talks on");

            call.caller().hangUp();
            call.destination().awaitEnded(SOON);
            lab.awaitIdle();
        }
    }
}
