package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

/// What becomes of calls when Asterisk is killed in the middle of them.
@RealAsterisk
class AsteriskCrashTest {
    @Test
    void calls_end_with_a_reason_and_the_next_one_works(AsteriskHost host) throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            JoinedCall talking = lab.join(CallLab.ONE_WAY);
            lab.destinations().onIncoming(_ -> Answer.ring());
            var ringing = lab.call(CallLab.BOTH_WAYS);
            ringing.awaitRinging(CallLab.SOON);

            host.kill();
            Poll.until(
                    CallLab.SOON,
                    () -> lab.controller().get("/health").status() == 503,
                    () -> "the controller is ill: " + lab.controller().get("/health"));
            var health = lab.controller().get("/health").json();
            assertTrue(
                    health.path("checks").findValuesAsText("reason").stream()
                            .anyMatch(reason -> reason.startsWith("Asterisk cannot be reached")),
                    health.toString());
            host.start();
            lab.controller().awaitUp(CallLab.SOON);
            talking.events()
                    .await(
                            "ended",
                            ended -> ended.path("call").asText().equals(talking.id()),
                            CallLab.SOON);
            lab.controller().awaitIdle(CallLab.SOON);
            assertEquals(
                    2,
                    lab.controller()
                            .metric(
                                    "sandalphone_call_ended_total{reason=\"carrier-lost\","
                                            + "result=\"failed\"}"));
            talking.events().close();

            lab.destinations().onIncoming(_ -> Answer.atOnce());
            try (JoinedCall next = lab.join(CallLab.ONE_WAY)) {
                next.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W4));
                next.awaitSpoken(ToneWord.W4);
                next.hangUp();
            }
        }
    }
}
