package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.calls.PreparedHint;
import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCall;
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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

/// Calls of a telephone system that speaks HTTP, calls that hear themselves, and calls that operators ask for,
/// over a gateway that runs by itself, with telephones at Twilio.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpLegCallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RINGS_A_PHONE = "+12125550100";
    private static final String ECHOES = "+12125550101";
    private static final String CALLER = "+12125550199";
    private static final String DESTINATION = "+12125550102";
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private int world;
    private SimulatedTwilio twilio;
    private ControllerProcess gateway;

    @BeforeAll
    void start() {
        twilio = SimulatedTwilio.start(vertx);
        world = TcpPort.free();
        twilio.reach().map("gw.example.org", new Reach.Place("127.0.0.1", world, false));
        twilio.number(new IncomingNumber(ECHOES, "https://gw.example.org/twilio/voice"));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .route(RINGS_A_PHONE, DESTINATION, "relay: true")
                                .with(
                                        """
                                        public-url: https://gw.example.org
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        routes: {"%s": {service: echo}}
                                        twilio:
                                          account-sid: %s
                                          auth-token: "%s"
                                          phone-number: "%s"
                                          api-url: "%s"
                                        """
                                                .formatted(
                                                        world,
                                                        ECHOES,
                                                        twilio.account().sid(),
                                                        twilio.account().authToken(),
                                                        RINGS_A_PHONE,
                                                        twilio.api())),
                        TcpPort.free(),
                        ControllerProgram.QUICK);
    }

    @AfterEach
    void nobody_is_left() {
        try {
            gateway.awaitIdle(PATIENCE);
            Poll.until(
                    PATIENCE,
                    () -> twilio.liveCalls().isEmpty(),
                    () -> "nobody is left: " + twilio.journal().all());
        } finally {
            twilio.liveCalls().forEach(SimulatedCall::hangUp);
            twilio.forgetEnded();
        }
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        twilio.close();
        vertx.close().await();
    }

    private static List<ToneWord> heard(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).words();
    }

    private void awaitHeard(Phone phone, ToneWord word) {
        Poll.until(
                PATIENCE,
                () -> heard(phone).contains(word),
                () -> heard(phone) + gateway.log() + twilio.journal().all());
    }

    private void awaitHeard(HttpPbx pbx, ToneWord word) {
        Poll.until(
                PATIENCE,
                () -> ToneDetector.listen(pbx.heard()).words().contains(word),
                () -> ToneDetector.listen(pbx.heard()).heard() + gateway.log());
    }

    private void awaitInterpreted() {
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().at("/0/audio_attached").asBoolean(),
                () -> gateway.sessions() + gateway.log());
    }

    @Test
    void a_caller_of_a_telephone_system_who_dials_an_emergency_number_hears_why_not()
            throws Exception {
        try (HttpPbx pbx = HttpPbx.call(world, CALLER, "911")) {
            Poll.until(PATIENCE, pbx::isOver, () -> "released: " + gateway.log());
            // There is no route for it, so no language of the caller: they are told in both.
            assertTrue(PreparedHint.isHeard(pbx.heard(), "en"), gateway::log);
            assertTrue(PreparedHint.isHeard(pbx.heard(), "es"), gateway::log);
            gateway.awaitLog("emergency-number", PATIENCE);
        }
    }

    @Test
    void a_caller_of_a_telephone_system_is_interpreted_both_ways_until_either_hangs_up()
            throws Exception {
        Phone destination =
                twilio.phone(DESTINATION).answers(new Answering.After(Duration.ofMillis(500)));
        try (HttpPbx pbx = HttpPbx.call(world, CALLER, RINGS_A_PHONE)) {
            awaitInterpreted();
            pbx.repeat(SAID.render(ToneWord.W1));
            awaitHeard(destination, ToneWord.W1);
            awaitHeard(destination, ToneWord.V1);
            destination.say(SAID.render(ToneWord.V3, ToneWord.V3));
            awaitHeard(pbx, ToneWord.V3);
            awaitHeard(pbx, ToneWord.W3);
            assertFalse(heard(destination).contains(ToneWord.W3));
            destination.hangUp();
            Poll.until(PATIENCE, pbx::isOver, () -> "410: " + gateway.log());
        }
    }

    @Test
    void a_telephone_system_whose_caller_hangs_up_releases_the_destination() throws Exception {
        Phone destination =
                twilio.phone(DESTINATION).answers(new Answering.After(Duration.ofMillis(500)));
        try (HttpPbx pbx = HttpPbx.call(world, CALLER, RINGS_A_PHONE)) {
            awaitInterpreted();
            pbx.hangUp();
            Poll.until(
                    PATIENCE,
                    () -> destination.call().isEmpty(),
                    () -> twilio.journal().all() + gateway.log());
        }
    }

    @Test
    void a_caller_of_a_telephone_system_hears_themselves_where_the_route_says_so()
            throws Exception {
        try (HttpPbx pbx = HttpPbx.call(world, CALLER, ECHOES)) {
            pbx.repeat(SAID.render(ToneWord.W5));
            awaitHeard(pbx, ToneWord.W5);
            pbx.hangUp();
        }
    }

    @Test
    void a_caller_at_twilio_hears_themselves_where_the_route_says_so() {
        Phone caller = twilio.phone(CALLER);
        twilio.call(caller, ECHOES);
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().at("/0/state").asText().equals("echoing"),
                () -> gateway.sessions() + gateway.log());
        caller.say(SAID.render(ToneWord.W5, ToneWord.W5));
        awaitHeard(caller, ToneWord.W5);
        caller.hangUp();
        gateway.awaitIdle(PATIENCE);
        assertEquals(List.of(), twilio.journal().problems());
    }

    @Test
    void an_operators_call_rings_two_phones_over_the_carrier_that_it_names() throws Exception {
        Phone first = twilio.phone(CALLER).answers(new Answering.After(Duration.ofMillis(200)));
        Phone second =
                twilio.phone(DESTINATION).answers(new Answering.After(Duration.ofMillis(200)));
        var placed =
                gateway.post(
                        "/calls",
                        """
                        {"from":"%s","to":"%s","from_via":"twilio","to_via":"twilio","relay":true}
                        """
                                .formatted(CALLER, DESTINATION));
        assertEquals(201, placed.status(), placed.body());
        awaitInterpreted();
        first.say(SAID.render(ToneWord.W1, ToneWord.W1));
        awaitHeard(second, ToneWord.V1);
        second.hangUp();
        Poll.until(PATIENCE, () -> first.call().isEmpty(), () -> "" + twilio.journal().all());
    }

    @ParameterizedTest
    @CsvSource({"from_via, voipms", "to_via, voipms", "to_via, telnyx", "from_via, client"})
    void a_carrier_that_is_not_there_is_a_mistake_and_nobody_is_rung(String key, String carrier)
            throws Exception {
        var refused =
                gateway.post(
                        "/calls",
                        """
                        {"from":"%s","to":"%s","%s":"%s"}
                        """
                                .formatted(CALLER, DESTINATION, key, carrier));
        assertEquals(400, refused.status(), refused.body());
        JsonNode details = JSON.readTree(refused.body()).path("details");
        assertEquals(key, details.at("/0/key").asText());
        assertEquals(0, gateway.sessions().size());
    }
}
