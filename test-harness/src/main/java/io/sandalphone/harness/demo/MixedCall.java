package io.sandalphone.harness.demo;

import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.BaresipPhone;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A call from a telephone of a simulated Twilio to a real phone at a real Asterisk: their sound passes through the
/// controller.
final class MixedCall implements DemoCall {
    private static final String CALLED = "+12125550101";
    private static final String CALLER = "+12125550100";
    private static final String DESTINATION = "+525512345678";
    private static final int PUBLIC_PORT = 8091;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Dialogue dialogue;
    private final boolean relay;
    private final Providers providers;
    private final Path jar;
    private final Path folder;
    private final LiveView view;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    MixedCall(
            Dialogue dialogue,
            boolean relay,
            Providers providers,
            Path jar,
            Path folder,
            LiveView view) {
        this.dialogue = dialogue;
        this.relay = relay;
        this.providers = providers;
        this.jar = jar;
        this.folder = folder;
        this.view = view;
    }

    private synchronized <T extends AutoCloseable> T keep(T resource) {
        running.push(resource);
        return resource;
    }

    @Override
    public CallOutcome make() throws Exception {
        view.say("starting Asterisk and a simulated Twilio");
        AsteriskHost host =
                keep(
                        AsteriskHost.boot(
                                new AsteriskHost.Options(
                                        Map.of(), LabCall.FIRST_RTP_PORT, LabCall.LAST_RTP_PORT)));
        Vertx vertx = NetworkVertx.in(host.vps());
        keep(() -> vertx.close().await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        SimulatedAccount account =
                keep(
                        host.vps()
                                .call(
                                        () ->
                                                SimulatedAccount.of(
                                                        "twilio", CALLED, PUBLIC_PORT, vertx)));
        SimulatedCarrier carrier = account.carrier();
        view.say("Asterisk " + host.version() + " is up, starting the controller: " + providers);
        var services = new EmbeddedServices(providers);
        ControllerProcess controller =
                keep(
                        ControllerProcess.start(
                                host,
                                services.settings()
                                        .route(
                                                CALLED,
                                                DESTINATION,
                                                ("caller-language: %s, destination-language: %s,"
                                                                + " relay: %s, via: voipms")
                                                        .formatted(
                                                                dialogue.callers(),
                                                                dialogue.destinations(),
                                                                relay))
                                        .with("shutdown: {drain-timeout: 0s}")
                                        .with(account.settings()),
                                ControllerProgram.ofJar(jar, services.jvmOptions(), folder)));
        keep((AutoCloseable) controller::stop);
        keep(controller.watch(event -> CallNews.of(event).ifPresent(view::on)));
        view.say("the controller is ready, " + CALLER + " calls " + CALLED);
        Path says = folder.resolve("says-destination.wav");
        dialogue.destination().write(says);
        BaresipPhone called =
                keep(
                        BaresipPhone.on(
                                host.carrier(),
                                new BaresipPhone.Settings(DESTINATION, 5060, says, true)));
        Phone caller = carrier.phone(CALLER);
        carrier.call(caller, CALLED);
        called.awaitEstablished(PATIENCE);
        // The other phone begins to play what it says when it is answered.
        caller.say(dialogue.caller().pcm());
        Poll.until(
                PATIENCE,
                () -> controller.sessions().at("/0/state").asText().equals("talking"),
                () -> "the call was not answered: " + carrier.journal().all());
        Duration speech = Duration.ofMillis(dialogue.millis());
        called.awaitHeard(speech, speech.plus(PATIENCE));
        view.awaitQuiet();
        caller.hangUp();
        called.awaitClosed(PATIENCE);
        Optional<CallNews.Ended> end = view.awaitEnd(PATIENCE.toSeconds());
        return new CallOutcome(
                end.map(CallNews.Ended::result).orElse("unknown"),
                end.map(CallNews.Ended::reason).orElse("no-end-reported"),
                DemoCarrier.TWILIO_TO_SIP,
                host.version(),
                providers,
                new Recordings(CarrierCall.recorded(caller), LabCall.recorded(called)),
                view.utterances(),
                dialogue.known(relay, view),
                view.cost(),
                left(host, carrier, caller));
    }

    private static CallOutcome.LeftBehind left(
            AsteriskHost host, SimulatedCarrier carrier, Phone caller) {
        CallOutcome.LeftBehind there = CarrierCall.left(carrier, List.of(caller));
        CallOutcome.LeftBehind here = LabCall.leftBehind(host, Optional::empty);
        return new CallOutcome.LeftBehind(
                there.channels() + here.channels(),
                there.bridges() + here.bridges(),
                Optional.empty());
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception | AssertionError e) {
                view.say("could not be ended: " + e.getMessage());
            }
        }
    }
}
