package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// A gateway of its own process with all that one [Pair] needs, and the telephones of ten lines.
///
/// Each line is used from one thread at a time, and several lines from several threads; what is about no line,
/// from one thread.
public final class PairLab implements AutoCloseable {
    /// What the gateway of a pair behind Asterisk has to be told for its people to come together without it.
    public static final String WAY_BACK =
            "asterisk: {way-back: \"sip:%s\"}".formatted(AsteriskHost.ADDRESS);

    private static final int PUBLIC_PORT = 8091;

    private final Pair pair;
    private final boolean answeredByAgent;
    private final int publicPort;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Phones callers;
    private final Phones destinations;
    private final ControllerProcess gateway;
    private final boolean hasWayBack;
    private EventWatch events;

    private PairLab(
            Pair pair,
            boolean answeredByAgent,
            @Nullable AsteriskHost host,
            ControllerSettings settings,
            ControllerProgram program)
            throws Exception {
        this.pair = pair;
        this.answeredByAgent = answeredByAgent;
        Network network = host == null ? Network.ofThisMachine() : host.vps();
        publicPort = host == null ? TcpPort.free() : PUBLIC_PORT;
        try {
            Vertx vertx = NetworkVertx.in(network);
            opened.add(() -> vertx.close().await());
            var maker = new PhoneMaker(host, network, vertx, publicPort, opened);
            boolean meeting = pair.destination() == Kind.BROWSER && !answeredByAgent;
            callers = maker.of(pair.caller(), meeting);
            destinations = pair.isOfOneCarrier() ? callers : maker.of(pair.destination(), meeting);
            ControllerSettings all = settings(settings, publicPort);
            hasWayBack = all.extra().contains(WAY_BACK);
            gateway =
                    host == null
                            ? ControllerProcess.alone(all, TcpPort.free(), program)
                            : ControllerProcess.start(host, all, program);
            opened.add(gateway);
            events = gateway.watch();
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /// Starts a gateway for `pair`, whose engines and limits are those of `settings`. `host` is there for
    /// pairs with a SIP telephone.
    public static PairLab open(
            Pair pair,
            Optional<AsteriskHost> host,
            ControllerSettings settings,
            ControllerProgram program)
            throws Exception {
        if (pair.has(Kind.SIP) != host.isPresent()) {
            throw new IllegalArgumentException(pair + " and an Asterisk: " + host.isPresent());
        }
        return new PairLab(pair, false, host.orElse(null), settings, program);
    }

    /// The name of the agent that answers all lines of [#withAgent].
    public static final String AGENT = "desk";

    /// Starts a gateway in which an agent answers whoever calls with a telephone of this kind. `settings` say how it talks.
    /// `host` is there for SIP telephones.
    public static PairLab withAgent(
            Kind kind,
            Optional<AsteriskHost> host,
            ControllerSettings settings,
            ControllerProgram program)
            throws Exception {
        return withAgent(Pair.alike(kind), host, settings, program);
    }

    /// The same, in which whom the agent may put callers through to has a telephone of the other kind of `pair`.
    public static PairLab withAgent(
            Pair pair,
            Optional<AsteriskHost> host,
            ControllerSettings settings,
            ControllerProgram program)
            throws Exception {
        return new PairLab(pair, true, host.orElse(null), settings, program);
    }

    private ControllerSettings settings(ControllerSettings base, int publicPort) {
        ControllerSettings all =
                base.with("public-http: {listen: 127.0.0.1, port: %d}".formatted(publicPort));
        if (pair.caller().hasRest() || pair.destination().hasRest()) {
            all = all.with(PhoneMaker.PUBLIC_URL);
        }
        for (String more : List.of(callers.settings(), destinations.settings())) {
            if (!more.isEmpty() && !all.extra().contains(more)) {
                all = all.with(more);
            }
        }
        if (answeredByAgent) {
            var routes = new StringJoiner(", ", "routes: {", "}");
            for (int i = 0; i < Line.COUNT; i++) {
                routes.add("\"%s\": {agent: %s}".formatted(new Line(i).called(), AGENT));
            }
            all = all.with(routes.toString());
        } else if (pair.destination() != Kind.BROWSER) {
            String terms = "relay: true, via: " + pair.destination().carrier();
            for (int i = 0; i < Line.COUNT; i++) {
                var line = new Line(i);
                all = all.route(line.called(), line.destination(), terms);
            }
        }
        return all;
    }

    /// Whose it is.
    public Pair pair() {
        return pair;
    }

    /// Where the world reaches the gateway, on loopback of its network.
    public int publicPort() {
        return publicPort;
    }

    /// The gateway.
    public ControllerProcess gateway() {
        return gateway;
    }

    /// Whether somebody at a carrier of media streams comes back to the one behind Asterisk when the gateway is
    /// gone.
    public boolean hasWayBack() {
        return hasWayBack;
    }

    /// Somebody calls the line; nobody is waited for.
    public PairPhone call(int line) {
        return callers.call(new Line(line));
    }

    /// Waits until the line's destination is rung.
    public PairPhone awaitRung(int line, Duration patience) {
        return destinations.awaitRung(new Line(line), patience);
    }

    /// Waits until the telephone at the SIP trunk that has `number` is rung.
    public PairPhone awaitRungOverSip(String number, Duration patience) {
        SipPhones sip = callers instanceof SipPhones own ? own : (SipPhones) destinations;
        return sip.awaitRung(number, patience);
    }

    /// Waits until the telephone of the line's destination is rung at the caller's own carrier, as by the
    /// fallback of the number.
    public PairPhone awaitRungByFallback(int line, Duration patience) {
        return callers.awaitRung(new Line(line), patience);
    }

    /// The line's destination rings until it is told to answer, or answers by itself as usual.
    public void answerWhenTold(int line, boolean whenTold) {
        destinations.answerWhenTold(new Line(line), whenTold);
    }

    /// The next requests that a carrier of the pair gets by REST fail with 503.
    public void failRest(int requests) {
        for (Phones phones :
                pair.isOfOneCarrier() ? List.of(callers) : List.of(callers, destinations)) {
            if (phones instanceof CarrierPhones) {
                phones.failRest(requests);
            }
        }
    }

    /// Two people of a line who are connected and interpreted.
    public JoinedPair join(int line, Duration patience) {
        PairPhone caller = call(line);
        PairPhone destination = awaitRung(line, patience);
        destination.awaitUp(patience);
        caller.awaitUp(patience);
        return joined(line, caller, destination, patience);
    }

    /// The two of a line, once they are interpreted.
    public JoinedPair joined(int line, PairPhone caller, PairPhone destination, Duration patience) {
        Poll.until(
                patience,
                () -> session(line).filter(PairLab::isInterpreted).isPresent(),
                () ->
                        "the call is interpreted: %s%n%s%n%s%n%s"
                                .formatted(
                                        gateway.sessions(),
                                        caller.history(),
                                        destination.history(),
                                        gateway.log()));
        return new JoinedPair(
                this,
                session(line).orElseThrow().path("id").asText(),
                caller,
                destination,
                System.nanoTime());
    }

    private static boolean isInterpreted(JsonNode session) {
        return session.path("audio_attached").asBoolean();
    }

    private Optional<JsonNode> session(int line) {
        for (JsonNode session : gateway.sessions()) {
            if (callers.isCallOf(new Line(line), session)) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /// What the gateway has told of its calls since it was started last.
    public EventWatch events() {
        return events;
    }

    /// Starts the gateway again after it was killed.
    public void restart() {
        events.close();
        gateway.restart();
        events = gateway.watch();
    }

    /// Whoever is rung or talks anywhere still, a line each.
    public List<String> left() {
        List<String> left = new ArrayList<>(callers.left());
        if (!pair.isOfOneCarrier()) {
            left.addAll(destinations.left());
        }
        return left;
    }

    /// Waits until nobody is in a call any more, as far as the carriers know, and the gateway too if it
    /// runs.
    public void awaitNobodyLeft(Duration patience) {
        Poll.until(patience, () -> left().isEmpty(), () -> "nobody is left: " + left());
    }

    /// What carriers found wrong since this was asked last.
    public List<String> problems() {
        List<String> problems = new ArrayList<>(callers.problems());
        if (!pair.isOfOneCarrier()) {
            problems.addAll(destinations.problems());
        }
        return problems;
    }

    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
