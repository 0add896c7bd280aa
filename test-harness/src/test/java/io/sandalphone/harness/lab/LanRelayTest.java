package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/// A phone outside the lab's networks calls in. Loopback stands for its network.
@RealAsterisk
class LanRelayTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    // A word every two seconds, each an utterance.
    private static final int REFRAIN = 8 * 2000;
    private static final String CALLED = "+12125550101";
    private static final String DESTINATION = "+12025550102";
    private static final int FIRST_PORT = 15_000;
    private static final int LAST_PORT = 15_031;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "8.8.8.8", "::1", "224.0.0.1", "no.such.host.invalid"})
    void an_address_that_is_not_of_a_private_network_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> LanRelay.address(text));
    }

    @Test
    void a_phone_in_the_machines_own_network_calls_in_and_is_interpreted() throws Exception {
        InetAddress lan = LanRelay.address("127.0.0.1");
        try (var host = AsteriskHost.boot(LanRelay.options(lan, FIRST_PORT, LAST_PORT));
                var _ = LanRelay.open(host, lan, FIRST_PORT, LAST_PORT);
                var controller =
                        ControllerProcess.start(
                                host, ControllerSettings.tones().route(CALLED, DESTINATION, ""));
                var destinations =
                        SipPhone.open(
                                host.carrier(),
                                new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, 5060));
                var outside = SipPhone.open(new InetSocketAddress(lan, 0))) {
            PhoneCall caller = outside.call("+12125550177", "sip:" + CALLED + "@127.0.0.1:5060");
            caller.awaitAnswered(SOON);
            PhoneCall destination = destinations.awaitIncoming(DESTINATION, SOON);
            Poll.until(
                    SOON,
                    () ->
                            !controller.sessions().isEmpty()
                                    && controller
                                            .sessions()
                                            .get(0)
                                            .path("audio_attached")
                                            .asBoolean(),
                    () -> "the call is interpreted: " + controller.sessions());
            // Said until it is heard: what comes first may be lost while the relay learns who
            // sends.
            caller.media().repeat(Arrays.copyOf(ToneSpeech.USUAL.render(ToneWord.W4), REFRAIN));
            awaitHeard(destination, ToneWord.V4);
            caller.media().hush();
            destination.media().say(ToneSpeech.USUAL.render(ToneWord.V2));
            awaitHeard(caller, ToneWord.V2);

            destination.hangUp();
            caller.awaitEnded(SOON);
            host.awaitIdle(SOON);
            assertEquals(0, outside.calls().size());
        }
    }

    private static void awaitHeard(PhoneCall listener, ToneWord word) {
        Poll.until(
                SOON,
                () ->
                        ToneDetector.listen(listener.media().received().heardByArrival().pcm())
                                        .loudest(word)
                                > ToneDetector.AUDIBLE,
                word + " is heard");
    }
}
