package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/// Two telephones at Twilio, over a gateway that runs by itself.
class TwilioCallTest {
    private final Vertx vertx = Vertx.vertx();
    private SimulatedTwilio twilio;
    private ControllerProcess gateway;

    @BeforeEach
    void start() throws Exception {
        twilio = SimulatedTwilio.start(vertx);
        int operators = freePort();
        int world = freePort();
        twilio.reach().map("gw.example.org", new Reach.Place("127.0.0.1", world, false));
        twilio.number(new IncomingNumber("+12125550100", "https://gw.example.org/twilio/voice"));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .route("+12125550100", "+12125550102", "relay: true")
                                .with(
                                        """
                                        public-url: https://gw.example.org
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        twilio:
                                          account-sid: %s
                                          auth-token: "%s"
                                          phone-number: "+12125550100"
                                          api-url: "%s"
                                        """
                                                .formatted(
                                                        world,
                                                        twilio.account().sid(),
                                                        twilio.account().authToken(),
                                                        twilio.api())),
                        operators,
                        ControllerProgram.QUICK);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        twilio.close();
        vertx.close().await();
    }

    private void awaitTalking() {
        Poll.until(
                Duration.ofSeconds(20),
                () -> gateway.sessions().at("/0/audio_attached").asBoolean(),
                () -> gateway.sessions() + gateway.log() + twilio.journal().all());
    }

    private void awaitHeard(Phone listener, ToneWord word) {
        Poll.until(
                Duration.ofSeconds(20),
                () -> heard(listener).contains(word),
                () -> heard(listener) + gateway.log() + twilio.journal().all());
    }

    private static List<ToneWord> heard(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).words();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void the_destination_hears_the_caller_and_alone_the_translation() {
        Phone caller = twilio.phone("+12125550199");
        Phone destination =
                twilio.phone("+12125550102").answers(new Answering.After(Duration.ofMillis(500)));
        twilio.call(caller, "+12125550100");
        // What a gateway has just been started for takes its time once.
        awaitTalking();
        caller.say(ToneSpeech.USUAL.render(ToneWord.W2));
        awaitHeard(destination, ToneWord.V2);
        caller.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
        awaitHeard(destination, ToneWord.V3);
        caller.hangUp();
        Poll.until(
                Duration.ofSeconds(10),
                () -> gateway.sessions().isEmpty(),
                () -> gateway.sessions() + gateway.log());
        List<ToneWord> words = heard(destination);
        assertEquals(
                List.of(ToneWord.W1, ToneWord.W3, ToneWord.V1, ToneWord.V3),
                words.subList(words.indexOf(ToneWord.W1), words.size()));
        assertEquals(List.of(), heard(caller));
        assertEquals(List.of(), twilio.journal().problems());
    }
}
