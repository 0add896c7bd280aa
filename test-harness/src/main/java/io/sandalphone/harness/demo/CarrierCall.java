package io.sandalphone.harness.demo;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.vertx.core.Vertx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A call between two telephones of a simulated carrier of media streams, interpreted by a real controller that
/// has no Asterisk. Needs no root.
final class CarrierCall implements DemoCall {
    private static final String CALLED = "+12125550101";
    private static final String CALLER = "+12125550100";
    private static final String DESTINATION = "+525512345678";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final DemoCarrier who;
    private final Dialogue dialogue;
    private final boolean relay;
    private final Providers providers;
    private final Path jar;
    private final Path folder;
    private final LiveView view;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    /// `who` is one that is simulated.
    CarrierCall(
            DemoCarrier who,
            Dialogue dialogue,
            boolean relay,
            Providers providers,
            Path jar,
            Path folder,
            LiveView view) {
        this.who = who;
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
        Vertx vertx = Vertx.vertx();
        keep(() -> vertx.close().await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        int operators = TcpPort.free();
        SimulatedAccount account =
                keep(SimulatedAccount.of(who.toString(), CALLED, TcpPort.free(), vertx));
        SimulatedCarrier carrier = account.carrier();
        view.say(
                "a simulated "
                        + who.title()
                        + " is up, starting the controller, engines: "
                        + providers);
        var services = new EmbeddedServices(providers);
        ControllerProcess controller =
                keep(
                        ControllerProcess.alone(
                                services.settings()
                                        .route(
                                                "*",
                                                DESTINATION,
                                                ("caller-language: %s, destination-language: %s,"
                                                                + " relay: %s")
                                                        .formatted(
                                                                dialogue.callers(),
                                                                dialogue.destinations(),
                                                                relay))
                                        .with("shutdown: {drain-timeout: 0s}")
                                        .with(account.settings()),
                                operators,
                                ControllerProgram.ofJar(jar, services.jvmOptions(), folder)));
        keep((AutoCloseable) controller::stop);
        keep(controller.watch(event -> CallNews.of(event).ifPresent(view::on)));
        view.say("the controller is ready, " + CALLER + " calls " + CALLED);
        Phone caller = carrier.phone(CALLER);
        Phone destination =
                carrier.phone(DESTINATION).answers(new Answering.After(Duration.ofSeconds(1)));
        carrier.call(caller, CALLED);
        Poll.until(
                PATIENCE,
                () -> controller.sessions().at("/0/state").asText().equals("talking"),
                () -> "the call was not answered: " + carrier.journal().all());
        // Both at one moment: who speaks when is written into what they say.
        caller.say(dialogue.caller().pcm());
        destination.say(dialogue.destination().pcm());
        Poll.until(
                Duration.ofMillis(dialogue.millis()).plus(PATIENCE),
                () -> caller.toSayMillis() == 0 && destination.toSayMillis() == 0,
                () -> "the telephones did not come to the end of their words");
        view.awaitQuiet();
        caller.hangUp();
        Optional<CallNews.Ended> end = view.awaitEnd(PATIENCE.toSeconds());
        return new CallOutcome(
                end.map(CallNews.Ended::result).orElse("unknown"),
                end.map(CallNews.Ended::reason).orElse("no-end-reported"),
                who,
                "simulated",
                providers,
                new Recordings(recorded(caller), recorded(destination)),
                view.utterances(),
                dialogue.known(relay, view),
                view.cost(),
                left(carrier, List.of(caller, destination)));
    }

    static Recordings.Phone recorded(Phone phone) {
        return new Recordings.Phone(phone.said().pcm(), phone.heard().pcm());
    }

    /// Calls that go on, and rooms that somebody was left in.
    static CallOutcome.LeftBehind left(SimulatedCarrier carrier, List<Phone> phones) {
        long start = System.nanoTime();
        while (phones.stream().anyMatch(phone -> phone.call().isPresent())
                && System.nanoTime() - start < SETTLE.toNanos()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        long calls = phones.stream().filter(phone -> phone.call().isPresent()).count();
        long rooms =
                carrier.journal().of(Happening.What.VERB).stream()
                        .filter(verb -> verb.detail().contains("Conference"))
                        .count();
        return new CallOutcome.LeftBehind((int) calls, (int) rooms, Optional.empty());
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                view.say("could not end everything: " + e.getMessage());
            }
        }
    }
}
