package io.sandalphone.harness.pairs;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One gateway of its own process beside a real Asterisk that has calls of every [Pair] at once, one of each. A pair is used from one
/// thread at a time, and several pairs from several threads; what is about no pair, from one thread.
public final class EveryPairLab implements AutoCloseable {
    private static final int PUBLIC_PORT = 8091;
    private static final List<Pair> PAIRS = List.of(Pair.values());

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<Kind, Phones> phones = new EnumMap<>(Kind.class);
    private final Phones meeting;
    private final ControllerProcess gateway;

    private EveryPairLab(AsteriskHost host, ControllerSettings settings, ControllerProgram program)
            throws Exception {
        try {
            for (Kind kind : Kind.values()) {
                phones.put(kind, open(host, kind, false));
            }
            meeting = open(host, Kind.BROWSER, true);
            gateway = ControllerProcess.start(host, all(settings), program);
            opened.add(gateway);
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /// Starts a gateway whose engines and limits are those of `settings`.
    public static EveryPairLab open(
            AsteriskHost host, ControllerSettings settings, ControllerProgram program)
            throws Exception {
        return new EveryPairLab(host, settings, program);
    }

    /// Those of each kind have an event loop of their own, which is to keep time for all of their calls.
    private Phones open(AsteriskHost host, Kind kind, boolean meeting) throws Exception {
        Vertx vertx = NetworkVertx.in(host.vps());
        opened.add(() -> vertx.close().await());
        return new PhoneMaker(host, host.vps(), vertx, PUBLIC_PORT, opened).of(kind, meeting);
    }

    private ControllerSettings all(ControllerSettings base) {
        ControllerSettings all =
                base.with("public-http: {listen: 127.0.0.1, port: %d}".formatted(PUBLIC_PORT))
                        .with(PhoneMaker.PUBLIC_URL)
                        .with(PairLab.WAY_BACK);
        for (Phones each : phones.values()) {
            all = all.with(each.settings());
        }
        for (Pair pair : Pair.values()) {
            if (pair != Pair.BROWSER_BROWSER) {
                all =
                        all.route(
                                line(pair).called(),
                                line(pair).destination(),
                                "relay: true, via: " + pair.destination().carrier());
            }
        }
        return all;
    }

    private static Line line(Pair pair) {
        return new Line(PAIRS.indexOf(pair));
    }

    private Phones callers(Pair pair) {
        return pair == Pair.BROWSER_BROWSER
                ? meeting
                : Objects.requireNonNull(phones.get(pair.caller()));
    }

    private Phones destinations(Pair pair) {
        return pair == Pair.BROWSER_BROWSER
                ? meeting
                : Objects.requireNonNull(phones.get(pair.destination()));
    }

    /// The gateway.
    public ControllerProcess gateway() {
        return gateway;
    }

    /// Two people of a pair in a call.
    ///
    /// @param pair whose it is
    public record Two(Pair pair, PairPhone caller, PairPhone destination) {
        /// Ends whatever is still up.
        public void hangUp() {
            caller.hangUp();
            destination.hangUp();
        }
    }

    /// Two people of this pair who are connected and interpreted. Whoever is up hangs up where that does not come about.
    public Two join(Pair pair, Duration patience) {
        PairPhone caller = callers(pair).call(line(pair));
        try {
            PairPhone destination = destinations(pair).awaitRung(line(pair), patience);
            try {
                return joined(new Two(pair, caller, destination), patience);
            } catch (AssertionError e) {
                destination.hangUp();
                throw e;
            }
        } catch (AssertionError e) {
            caller.hangUp();
            throw e;
        }
    }

    private Two joined(Two two, Duration patience) {
        two.destination().awaitUp(patience);
        two.caller().awaitUp(patience);
        Poll.until(
                patience,
                () ->
                        session(two.pair())
                                .filter(session -> session.path("audio_attached").asBoolean())
                                .isPresent(),
                () ->
                        "%s is interpreted: %s%n%s"
                                .formatted(
                                        two.pair(),
                                        two.caller().history(),
                                        two.destination().history()));
        return two;
    }

    private Optional<JsonNode> session(Pair pair) {
        for (JsonNode session : gateway.sessions()) {
            if (callers(pair).isCallOf(line(pair), session)) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /// Whoever is rung or talks anywhere still, a line each.
    public List<String> left() {
        List<String> left = new ArrayList<>();
        phones.values().forEach(each -> left.addAll(each.left()));
        left.addAll(meeting.left());
        return left;
    }

    /// Waits until nobody is in a call any more, as far as the carriers and the gateway know.
    public void awaitNobodyLeft(Duration patience) {
        Poll.until(patience, () -> left().isEmpty(), () -> "nobody is left: " + left());
        gateway.awaitIdle(patience);
    }

    /// What carriers found wrong since [#forgetEnded].
    public List<String> problems() {
        return phones.values().stream().flatMap(each -> each.problems().stream()).toList();
    }

    /// Lets go of what the telephones remember of calls that are over.
    public void forgetEnded() {
        phones.values().forEach(Phones::forgetEnded);
        meeting.forgetEnded();
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        opened.clear();
    }
}
