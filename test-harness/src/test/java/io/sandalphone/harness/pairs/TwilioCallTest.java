package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Two telephones at Twilio, over a gateway that runs by itself.
class TwilioCallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OURS = "+12125550100";
    private static final String CALLER = "+12125550199";
    private static final String DESTINATION = "+12125550102";

    private final Vertx vertx = Vertx.vertx();
    private SimulatedTwilio twilio;
    private ControllerProcess gateway;

    @BeforeEach
    void start() throws Exception {
        twilio = SimulatedTwilio.start(vertx);
        int operators = TcpPort.free();
        int world = TcpPort.free();
        twilio.reach().map("gw.example.org", new Reach.Place("127.0.0.1", world, false));
        twilio.number(new IncomingNumber(OURS, "https://gw.example.org/twilio/voice"));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .route(OURS, DESTINATION, "relay: true")
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

    private void awaitOver() {
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().isEmpty(),
                () -> gateway.sessions() + gateway.log());
    }

    /// The words from `first` on; what a busy machine let out of the middle of one does not make it two.
    private static List<ToneWord> inOrder(List<ToneWord> words, ToneWord first) {
        List<ToneWord> order = new ArrayList<>();
        for (ToneWord word : words.subList(words.indexOf(first), words.size())) {
            if (order.isEmpty() || order.getLast() != word) {
                order.add(word);
            }
        }
        return order;
    }

    /// The conference rooms that were entered.
    private List<Happening> rooms() {
        return twilio.journal().of(What.VERB).stream()
                .filter(verb -> verb.detail().contains("Conference"))
                .toList();
    }

    private void awaitHeard(Phone listener, ToneWord word) {
        Poll.until(
                PATIENCE,
                () -> heard(listener).contains(word),
                () -> heard(listener) + gateway.log() + twilio.journal().all());
    }

    private static List<ToneWord> heard(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).words();
    }

    /// Two telephones that talk, once what a gateway has just been started for has taken its time.
    private Phone[] talking() {
        Phone caller = twilio.phone(CALLER);
        Phone destination =
                twilio.phone(DESTINATION).answers(new Answering.After(Duration.ofMillis(500)));
        twilio.call(caller, OURS);
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().at("/0/audio_attached").asBoolean(),
                () -> gateway.sessions() + gateway.log() + twilio.journal().all());
        caller.say(ToneSpeech.USUAL.render(ToneWord.W2));
        awaitHeard(destination, ToneWord.V2);
        return new Phone[] {caller, destination};
    }

    @Test
    void the_destination_hears_the_caller_and_alone_the_translation() {
        Phone[] phones = talking();
        phones[0].say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
        awaitHeard(phones[1], ToneWord.V3);
        phones[0].hangUp();
        awaitOver();
        assertEquals(
                List.of(ToneWord.W1, ToneWord.W3, ToneWord.V1, ToneWord.V3),
                inOrder(heard(phones[1]), ToneWord.W1));
        assertEquals(List.of(), heard(phones[0]));
        assertEquals(List.of(), twilio.journal().problems());
    }

    @Test
    void the_caller_alone_hears_what_the_destination_says_translated() {
        Phone[] phones = talking();
        phones[1].say(ToneSpeech.USUAL.render(ToneWord.V4));
        awaitHeard(phones[0], ToneWord.W4);
        phones[1].hangUp();
        awaitOver();
        assertEquals(List.of(ToneWord.V4, ToneWord.W4), inOrder(heard(phones[0]), ToneWord.V4));
        assertFalse(heard(phones[1]).contains(ToneWord.W4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoever_hangs_up_the_other_one_is_released(int leaver) {
        Phone[] phones = talking();
        phones[leaver].hangUp();
        Poll.until(
                PATIENCE,
                () -> phones[1 - leaver].call().isEmpty(),
                () -> twilio.journal().all() + gateway.log());
        awaitOver();
        assertEquals(List.of(), rooms());
    }

    @Test
    void a_request_that_fails_keeps_nobody_in_a_call_that_is_over() {
        Phone[] phones = talking();
        twilio.faults().strike(CarrierFault.FAILS_BEFORE, 2);
        phones[0].hangUp();
        Poll.until(
                PATIENCE,
                () -> phones[1].call().isEmpty(),
                () -> twilio.journal().all() + gateway.log());
        awaitOver();
        assertEquals(List.of(), rooms());
    }

    @Test
    void two_who_talk_when_the_gateway_dies_talk_on_untranslated() {
        Phone[] phones = talking();
        gateway.kill();
        Poll.until(PATIENCE, () -> rooms().size() == 2, () -> "" + twilio.journal().all());
        phones[0].say(ToneSpeech.USUAL.render(ToneWord.W5));
        phones[1].say(ToneSpeech.USUAL.render(ToneWord.V6));
        awaitHeard(phones[1], ToneWord.W5);
        awaitHeard(phones[0], ToneWord.V6);
        phones[0].hangUp();
        Poll.until(PATIENCE, () -> phones[1].call().isEmpty(), () -> "" + twilio.journal().all());
    }

    @Test
    void a_caller_whose_destination_is_busy_is_told_so_and_released() {
        Phone caller = twilio.phone(CALLER);
        twilio.phone(DESTINATION).answers(new Answering.Busy());
        twilio.call(caller, OURS);
        Poll.until(
                PATIENCE,
                () -> !caller.recordings().isEmpty() && caller.call().isEmpty(),
                () -> twilio.journal().all() + gateway.log());
        awaitOver();
    }

    @Test
    void a_number_without_a_route_is_refused_without_an_answer() {
        twilio.number(new IncomingNumber("+12125550107", "https://gw.example.org/twilio/voice"));
        Phone caller = twilio.phone(CALLER);
        twilio.call(caller, "+12125550107");
        twilio.journal().await(PATIENCE, What.VERB, "Reject");
        assertEquals(List.of(), caller.recordings());
    }
}
