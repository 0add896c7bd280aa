package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// What somebody at one carrier is told whose call comes to nothing, through a gateway that runs by itself. Calls of
/// two who talk are in [PairSuite].
abstract class CarrierCallContract<C extends SimulatedCarrier> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OURS = "+12125550100";
    private static final String CALLER = "+12125550199";
    private static final String DESTINATION = "+12125550102";

    private final Vertx vertx = Vertx.vertx();
    private C carrier;
    private ControllerProcess gateway;

    /// The carrier.
    abstract C simulated(Vertx vertx);

    /// Its name, as metrics and paths have it.
    abstract String name();

    /// The gateway's section for it, in which `ours` is the number.
    abstract String section(C carrier, String ours);

    @BeforeEach
    void start() throws Exception {
        carrier = simulated(vertx);
        int operators = TcpPort.free();
        int world = TcpPort.free();
        carrier.reach().map("gw.example.org", new Reach.Place("127.0.0.1", world, false));
        carrier.number(new IncomingNumber(OURS, voice()));
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .route(OURS, DESTINATION, "relay: true")
                                .with(
                                        """
                                        public-url: https://gw.example.org
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        """
                                                        .formatted(world)
                                                + section(carrier, OURS)),
                        operators,
                        ControllerProgram.QUICK);
    }

    private String voice() {
        return "https://gw.example.org/" + name() + "/voice";
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        carrier.close();
        vertx.close().await();
    }

    private void awaitOver() {
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().isEmpty(),
                () -> gateway.sessions() + gateway.log());
    }

    @Test
    void a_call_that_arrives_while_the_gateway_drains_is_put_through_by_the_fallback() {
        carrier.number(
                new IncomingNumber(OURS, voice())
                        .withFallbackDocument("<Response><Dial>+12125550103</Dial></Response>"));
        carrier.phone(DESTINATION).answers(new Answering.After(Duration.ZERO));
        carrier.call(carrier.phone(CALLER), OURS);
        Poll.until(
                PATIENCE,
                () -> gateway.sessions().at("/0/audio_attached").asBoolean(),
                () -> gateway.sessions() + gateway.log() + carrier.journal().all());
        ProcessHandle.of(gateway.pid()).orElseThrow().destroy();
        gateway.awaitLog("controller drains", PATIENCE);
        carrier.phone("+12125550103");
        carrier.call(carrier.phone("+12125550198"), OURS);
        carrier.journal().await(PATIENCE, What.VERB, "Dial Number +12125550103");
    }

    @Test
    void a_caller_whose_destination_is_busy_is_told_so_and_released() {
        Phone caller = carrier.phone(CALLER);
        carrier.phone(DESTINATION).answers(new Answering.Busy());
        carrier.call(caller, OURS);
        Poll.until(
                PATIENCE,
                () -> !caller.recordings().isEmpty() && caller.call().isEmpty(),
                () -> carrier.journal().all() + gateway.log());
        awaitOver();
    }

    @Test
    void a_number_without_a_route_is_refused_without_an_answer() {
        carrier.number(new IncomingNumber("+12125550107", voice()));
        Phone caller = carrier.phone(CALLER);
        carrier.call(caller, "+12125550107");
        carrier.journal().await(PATIENCE, What.VERB, "Reject");
        assertEquals(List.of(), caller.recordings());
    }
}
