package io.sandalphone.harness.calls;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;

@RealAsterisk
class InterpretedCallTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void the_destination_alone_hears_the_translation(AsteriskHost host) throws Exception {
        var settings = ControllerSettings.tones().route("+15550100001", "+12025550102", "");
        try (var controller = ControllerProcess.start(host, settings);
                var events = controller.watch();
                var caller = SipPhone.open(host.carrier(), at(5070));
                var destination = SipPhone.open(host.carrier(), at(5060))) {
            PhoneCall call =
                    caller.call("15550100009", "sip:15550100001@" + AsteriskHost.ADDRESS + ":5060");
            call.awaitAnswered(SOON);
            PhoneCall answered = destination.awaitIncoming("+12025550102", SOON);
            events.await("state", state -> state.path("state").asText().equals("talking"), SOON);
            Thread.sleep(500);
            call.media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            events.await("caption", caption -> caption.path("audio_end_ms").isNumber(), SOON);
            Thread.sleep(500);
            call.hangUp();
            answered.awaitEnded(SOON);
            System.out.println(events.events());
            System.out.println(controller.log());
            System.out.println(
                    ToneDetector.listen(answered.media().received().heardByArrival().pcm())
                            .heard());
            System.out.println(
                    ToneDetector.listen(call.media().received().heardByArrival().pcm()).heard());
            controller.awaitIdle(SOON);
            host.awaitIdle(SOON);
        }
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port);
    }
}
