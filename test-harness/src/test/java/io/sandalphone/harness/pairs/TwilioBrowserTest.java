package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.client.ClientPhone;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// A telephone at Twilio and a client of the gateway's WebSocket, over a gateway that runs by itself, without
/// Asterisk.
class TwilioBrowserTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RINGS_BROWSERS = "+12125550100";
    private static final String RINGS_A_PHONE = "+12125550101";
    private static final String CALLER = "+12125550199";
    private static final String DESTINATION = "+12125550102";

    private final Vertx vertx = Vertx.vertx();
    private int world;
    private SimulatedTwilio twilio;
    private ControllerProcess gateway;

    @BeforeEach
    void start() {
        twilio = SimulatedTwilio.start(vertx);
        world = TcpPort.free();
        twilio.reach().map("gw.example.org", new Reach.Place("127.0.0.1", world, false));
        twilio.number(new IncomingNumber(RINGS_BROWSERS, "https://gw.example.org/twilio/voice"));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .route(RINGS_BROWSERS, "browser", "relay: true")
                                .route(RINGS_A_PHONE, DESTINATION, "relay: true")
                                .with(
                                        """
                                        public-url: https://gw.example.org
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        clients: {}
                                        twilio:
                                          account-sid: %s
                                          auth-token: "%s"
                                          phone-number: "%s"
                                          api-url: "%s"
                                        """
                                                .formatted(
                                                        world,
                                                        twilio.account().sid(),
                                                        twilio.account().authToken(),
                                                        RINGS_BROWSERS,
                                                        twilio.api())),
                        TcpPort.free(),
                        ControllerProgram.QUICK);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        twilio.close();
        vertx.close().await();
    }

    private ClientPhone enter(String key, String value) {
        return ClientPhone.enter(
                vertx,
                world,
                new JsonObject()
                        .put("callId", UUID.randomUUID().toString())
                        .put("token", ControllerSettings.TOKEN)
                        .put(key, value));
    }

    private void await(ClientPhone client, String word) {
        Poll.until(
                PATIENCE,
                () -> client.words().contains(word),
                () -> word + " in " + client.words() + gateway.log() + twilio.journal().all());
    }

    private void awaitInterpreted() {
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().at("/0/audio_attached").asBoolean(),
                () -> gateway.sessions() + gateway.log());
    }

    private void awaitHeard(Phone phone, ToneWord word) {
        Poll.until(
                PATIENCE,
                () -> heard(phone).contains(word),
                () -> heard(phone) + gateway.log() + twilio.journal().all());
    }

    private void awaitHeard(ClientPhone client, ToneWord word) {
        Poll.until(
                PATIENCE,
                () -> heard(client).contains(word),
                () -> heard(client) + gateway.log() + twilio.journal().all());
    }

    private static List<ToneWord> heard(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).words();
    }

    private static List<ToneWord> heard(ClientPhone client) {
        return ToneDetector.listen(client.heard().pcm()).words();
    }

    @Test
    void a_call_to_a_browser_rings_there_and_is_interpreted_both_ways() {
        try (ClientPhone browser = enter("standby", "*")) {
            await(browser, "standby");
            Phone caller = twilio.phone(CALLER);
            twilio.call(caller, RINGS_BROWSERS);
            await(browser, "incoming");
            assertEquals("en", browser.state("incoming").getString("otherLanguage"));
            assertEquals(CALLER, browser.state("incoming").getString("from"));
            browser.answer();
            await(browser, "talking");
            awaitInterpreted();
            caller.say(ToneSpeech.USUAL.render(ToneWord.W1));
            awaitHeard(browser, ToneWord.V1);
            browser.say(ToneSpeech.USUAL.render(ToneWord.V3));
            awaitHeard(caller, ToneWord.W3);
            browser.hangUp();
            Poll.until(PATIENCE, () -> caller.call().isEmpty(), () -> "" + twilio.journal().all());
        }
        gateway.awaitIdle(PATIENCE);
        assertEquals(List.of(), twilio.journal().problems());
    }

    @Test
    void a_caller_whom_no_browser_answers_is_released() {
        Phone caller = twilio.phone(CALLER);
        twilio.call(caller, RINGS_BROWSERS);
        Poll.until(
                PATIENCE,
                () -> !caller.recordings().isEmpty() && caller.call().isEmpty(),
                () -> twilio.journal().all() + gateway.log());
        gateway.awaitIdle(PATIENCE);
    }

    @Test
    void a_browser_reaches_a_telephone_and_both_are_interpreted() {
        Phone destination =
                twilio.phone(DESTINATION).answers(new Answering.After(Duration.ofMillis(500)));
        try (ClientPhone browser = enter("to", RINGS_A_PHONE)) {
            await(browser, "talking");
            awaitInterpreted();
            browser.say(ToneSpeech.USUAL.render(ToneWord.W1));
            awaitHeard(destination, ToneWord.V1);
            destination.say(ToneSpeech.USUAL.render(ToneWord.V3));
            awaitHeard(browser, ToneWord.W3);
            destination.hangUp();
            Poll.until(PATIENCE, browser::isOver, () -> "over: " + browser.words());
        }
        gateway.awaitIdle(PATIENCE);
    }
}
