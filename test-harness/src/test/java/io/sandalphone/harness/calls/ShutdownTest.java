package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What becomes of calls when the controller stops.
@RealAsterisk
class ShutdownTest {
    private final AsteriskHost host;
    private final Heartbeat heartbeat = new Heartbeat();

    ShutdownTest(AsteriskHost host) {
        this.host = host;
    }

    @AfterEach
    void end_what_a_failed_test_left() {
        heartbeat.close();
        host.console("channel request hangup all");
    }

    @Test
    void who_still_talks_goes_on_talking_at_full_level_without_the_controller() throws Exception {
        var settings =
                CallLab.tones().engine("tone", "word", "6s").with("shutdown: {drain-timeout: 1s}");
        try (var lab = CallLab.open(host, settings)) {
            JoinedCall call = lab.join(ONE_WAY);
            var voices = new Voices(call.caller(), call.destination(), heartbeat);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            voices.awaitDucked(ToneWord.V1, ToneWord.W5);
            assertEquals(0, lab.controller().stop());
            voices.awaitFull(ToneWord.W5);
            call.listen(Duration.ofSeconds(1));
            voices.assertUnbroken("over SIGTERM");
            assertEquals(2, host.channels().size(), host.channels().toString());
            assertEquals(1, host.bridges().size(), host.bridges().toString());
            lab.controller().awaitLog("result=completed reason=shutdown", SOON);

            call.destination().hangUp();
            call.caller().awaitEnded(SOON);
            lab.controller().restart();
            lab.awaitIdle();
        }
    }

    @Test
    void who_calls_while_the_controller_drains_is_connected_untranslated() throws Exception {
        var settings =
                CallLab.tones()
                        .route(RealAsterisk.CALLED, RealAsterisk.DESTINATION, "")
                        .with("shutdown: {drain-timeout: 60s}");
        try (var lab = CallLab.open(host, settings)) {
            JoinedCall call = lab.join(ONE_WAY);
            var stopped = CompletableFuture.supplyAsync(lab.controller()::stop);
            lab.controller().awaitLog("controller drains", SOON);
            PhoneCall caller = lab.call(RealAsterisk.CALLED.substring(1));
            caller.awaitAnswered(SOON);
            PhoneCall destination =
                    lab.destinations().awaitIncoming(RealAsterisk.DESTINATION, SOON);
            new Voices(caller, destination, heartbeat).assertBothHeard(ToneWord.W2, ToneWord.V2);
            lab.controller().awaitLog("result=refused reason=draining", SOON);

            call.caller().hangUp();
            call.destination().awaitEnded(SOON);
            assertEquals(0, stopped.get(SOON.toSeconds(), TimeUnit.SECONDS));
            assertTrue(caller.isUp() && destination.isUp(), "the late call goes on");
            caller.hangUp();
            destination.awaitEnded(SOON);
            host.awaitIdle(SOON);
        }
    }
}
