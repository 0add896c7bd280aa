package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// What somebody at Twilio is told whose call comes to nothing. Calls of two who talk are in [PairSuite].
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
