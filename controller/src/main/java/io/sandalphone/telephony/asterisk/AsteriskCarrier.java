package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.ChannelDtmfReceived;
import ch.loway.oss.ari4java.generated.models.ChannelHangupRequest;
import ch.loway.oss.ari4java.generated.models.ChannelHold;
import ch.loway.oss.ari4java.generated.models.ChannelLeftBridge;
import ch.loway.oss.ari4java.generated.models.ChannelStateChange;
import ch.loway.oss.ari4java.generated.models.ChannelUnhold;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisEnd;
import ch.loway.oss.ari4java.generated.models.StasisStart;

import io.sandalphone.bus.MixedBridges;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.asterisk.ari.AriConnection;
import io.sandalphone.telephony.asterisk.ari.AriListener;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Asterisk as a carrier: hands events to the call they belong to, in the order in which they came,
/// takes up what arrives, and clears away what belongs to nobody.
///
/// Events come on the one context of the ARI connection; each call gets its own on its own loop.
public final class AsteriskCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(AsteriskCarrier.class);

    /// The name of this carrier, as routes give it: that of the trunk.
    public static final String NAME = "voipms";

    // How many calls Asterisk has media ports for, as its dialplan says. It crashes when a call
    // asks
    // for a port and none is free.
    static final String MAX_CONCURRENT_CALLS = "SP_MAX_CONCURRENT_CALLS";

    // Their range, as `first-last`.
    static final String RTP_PORTS = "SP_RTP_PORTS";

    // Where it opens the connections of legs, as `address:port`.
    static final String LEGS = "SP_LEGS";

    // `yes` where it can ring somebody without us.
    static final String RINGS_ON = "SP_RINGS_ON";

    // The trunk's second point of presence, or empty.
    static final String SECOND_POP = "SP_TRUNK_BACKUP";

    // For calls that are being given back while the controller stops.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String application;
    private final AriConnection connection;
    private final AriCommands ari;
    private final FreePorts ports;
    private final AsteriskSettings.Trunk trunk;
    private final SecondPop secondPop = new SecondPop();
    private final AsteriskSettings.SilenceLimits silence;
    private final List<MediaLoop> loops;
    private final OverlayMeters meters;
    private final Arrivals arrivals;
    private final Survivors survivors;
    private final Elsewhere elsewhere;
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final Map<String, Overlay> byCall = new ConcurrentHashMap<>();
    // The channels whose ids Asterisk chose: callers who arrived.
    private final Map<String, Overlay> byCallerChannel = new ConcurrentHashMap<>();
    private volatile @Nullable String unavailableReason = "Asterisk has not been reached yet";
    private volatile int maxConcurrentCalls = Integer.MAX_VALUE;
    // These two belong to the ARI context.
    private final Sweeper sweeper;
    private final AsteriskLegs legs;
    private @Nullable DialplanProbe probe;
    private boolean survivorsTold;
    // Completes when no call is left, once the connection is being closed.
    private final Promise<Void> lastReleased = Promise.promise();
    private volatile boolean stopping;

    /// Calls are spread over `loops`, of which there is at least one.
    public AsteriskCarrier(
            Vertx vertx,
            AsteriskSettings settings,
            List<MediaLoop> loops,
            Arrivals arrivals,
            Survivors survivors,
            Elsewhere elsewhere,
            AriMeters ariMeters,
            OverlayMeters meters,
            LegMeters legMeters,
            StreamMeters streamMeters) {
        application = settings.ari().application();
        trunk = settings.trunk();
        silence = settings.silence();
        this.loops = List.copyOf(loops);
        this.arrivals = arrivals;
        this.survivors = survivors;
        this.elsewhere = elsewhere;
        this.meters = meters;
        connection = new AriConnection(vertx, settings.ari(), new Events(), ariMeters);
        ports =
                FreePorts.ofThisMachine(
                        loops.getFirst()
                                .port()
                                .localAddress()
                                .getAddress()
                                .getHostAddress()
                                .equals("127.0.0.1"));
        ari = new AriRestCommands(connection, application, ports);
        legs =
                new AsteriskLegs(
                        vertx,
                        connection.context(),
                        settings,
                        ari,
                        this::unavailableReason,
                        elsewhere.sendingBack(),
                        streamMeters,
                        legMeters,
                        meters);
        sweeper =
                new Sweeper(
                        new VertxLoop(vertx, connection.context()),
                        ari,
                        application,
                        meters,
                        new LiveCalls());
    }

    /// Connects, and keeps connecting.
    ///
    /// @return completes when calls can come, or when Asterisk is not there; never fails
    public Future<Void> start() {
        legs.start();
        return connection.start();
    }

    /// Closes the connection. Calls that still live go on at Asterisk. Callers who arrived until the
    /// last moment go on in the dialplan, as those who come while no controller is there.
    public Future<Void> stop() {
        boolean listening = connection.up();
        stopping = true;
        return connection
                .stopListening()
                .compose(_ -> listening ? returnArrivals() : Future.succeededFuture())
                .eventually(legs::stop)
                .transform(_ -> connection.stop());
    }

    /// Once nobody listens any more Asterisk gives no caller to the application; those whom it gave
    /// before, and nobody took up, are found there. Calls that were taken up are waited for.
    private Future<?> returnArrivals() {
        sweeper.stop();
        if (byCall.isEmpty()) {
            lastReleased.tryComplete();
        }
        return lastReleased
                .future()
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(_ -> sweeper.inventory())
                .compose(this::returnArrivals)
                .onFailure(AsteriskCarrier::notReturned);
    }

    private Future<?> returnArrivals(Sweep.Inventory found) {
        Sweep sweep = Sweep.of(found, byCall.keySet(), Set.of(), application);
        List<Future<?>> returned = new ArrayList<>();
        for (Channel caller : sweep.arrivals()) {
            returned.add(ari.continueAt(caller.getId(), Overlay.UNTRANSLATED));
        }
        return Future.join(returned);
    }

    private static void notReturned(Throwable failure) {
        log.atWarn()
                .addKeyValue("answer", failure.getMessage())
                .log("callers who arrived while the controller stopped may be left waiting");
    }

    /// The same Asterisk, for calls whose other leg is elsewhere.
    public AsteriskLegs legs() {
        return legs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public int maxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    @Override
    public CallConnection connect(String callId, Optional<String> via) {
        return isElsewhere(via)
                ? elsewhere.bridges().empty(callId, nextLoop().loop(), this::dial)
                : overlay(callId);
    }

    /// Whether a party over this carrier and one over `via` are at two carriers.
    private static boolean isElsewhere(Optional<String> via) {
        return via.isPresent() && !via.get().equals(NAME);
    }

    private io.sandalphone.telephony.Leg dial(
            LegContext context, io.sandalphone.telephony.Dial dial) {
        return isElsewhere(dial.via())
                ? elsewhere.dialer().dial(context, dial)
                : legs.dial(context, dial);
    }

    private MediaLoop nextLoop() {
        return loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
    }

    private Overlay overlay(String callId) {
        return overlay(new Ids(callId));
    }

    private Overlay overlay(Ids ids) {
        String callId = ids.callId();
        MediaLoop media = nextLoop();
        var overlay =
                new Overlay(ids, media, ari, trunk, secondPop, silence, meters, this::released);
        byCall.put(callId, overlay);
        return overlay;
    }

    /// A call of the controller before this one, as it was found.
    private FoundCall foundCall(Sweep.Pair pair) {
        Map<Party, LegPlace> places = new EnumMap<>(Party.class);
        pair.legs().forEach((party, channel) -> places.put(party, Overlay.place(channel.getId())));
        boolean answered =
                pair.legs().values().stream().allMatch(leg -> "Up".equals(leg.getState()));
        return new FoundCall(pair.call(), places, answered, () -> adopt(pair));
    }

    private CallConnection adopt(Sweep.Pair pair) {
        Overlay overlay = overlay(new Ids(pair.call(), CallIds.next()));
        pair.legs().values().stream()
                .map(Channel::getId)
                .filter(channel -> !Ids.isLeg(channel))
                .forEach(channel -> byCallerChannel.put(channel, overlay));
        overlay.loop().execute(() -> overlay.adopt(pair));
        // What happened between the look and now is seen by another one.
        sweeper.catchUp();
        return overlay;
    }

    private void released(Overlay overlay, Overlay.Rest rest) {
        byCall.remove(overlay.callId());
        byCallerChannel.values().remove(overlay);
        if (stopping && byCall.isEmpty()) {
            lastReleased.tryComplete();
        }
        connection.context().runOnContext(_ -> sweeper.released(overlay.callId(), rest));
    }

    private void arrived(Channel channel, Inbound inbound) {
        String callId = CallIds.next();
        Overlay overlay = overlay(callId);
        byCallerChannel.put(channel.getId(), overlay);
        var arrival =
                new Arrival(
                        callId,
                        inbound.called(),
                        inbound.caller(),
                        inbound.forwardedBy(),
                        via -> isElsewhere(via) ? meet(callId, overlay, channel) : overlay);
        overlay.loop()
                .execute(
                        () -> {
                            overlay.adoptCaller(channel);
                            handUp(arrival, overlay);
                        });
    }

    /// The destination is at another carrier: the caller's sound passes through us, and nothing of the
    /// overlay was begun.
    private CallConnection meet(String callId, Overlay overlay, Channel caller) {
        var context = new LegContext(callId, Party.CALLER, overlay.loop(), MixedBridges.newRoom());
        io.sandalphone.telephony.Leg leg = legs.arrived(context, caller);
        released(overlay, Overlay.Rest.NOTHING);
        return elsewhere.bridges().arrived(context, leg, this::dial);
    }

    /// Nobody waits for a call that could not be taken up.
    private void handUp(Arrival arrival, Overlay overlay) {
        try {
            arrivals.arrived(arrival);
        } catch (RuntimeException fault) {
            log.atError()
                    .addKeyValue("call", arrival.callId())
                    .setCause(fault)
                    .log("inbound call could not be accepted");
            overlay.release(HangupCause.FAILURE);
        }
    }

    private @Nullable Overlay overlayOf(String channel) {
        Overlay overlay = byCallerChannel.get(channel);
        return overlay != null ? overlay : Ids.call(channel).map(byCall::get).orElse(null);
    }

    /// Whose phone a channel of an overlay is; nothing for those of our own sound.
    private Optional<Party> partyOf(String channel) {
        return byCallerChannel.containsKey(channel)
                ? Optional.of(Party.CALLER)
                : Ids.party(channel);
    }

    /// Whether a call looks after the channel of a caller.
    private boolean isTaken(String channel) {
        return byCallerChannel.containsKey(channel) || legs.has(channel);
    }

    /// What comes over the ARI connection, on its context.
    private final class Events implements AriListener {
        @Override
        public void up() {
            learnRoom();
            byCall.values().forEach(overlay -> overlay.loop().execute(overlay::eventsMissed));
            sweeper.catchUp();
        }

        @Override
        public void event(Message event) {
            if (event instanceof StasisStart start && (arrival(start) || isBack(start))) {
                return;
            }
            String channel = channelOf(event);
            if (legs.event(event, channel) || channel == null || DialplanProbe.isProbe(channel)) {
                return;
            }
            Overlay overlay = overlayOf(channel);
            if (overlay != null) {
                partyOf(channel).ifPresent(party -> EventLog.told(overlay.callId(), party, event));
                overlay.loop().execute(() -> overlay.on(event));
            } else {
                sweeper.soon();
            }
        }

        @Override
        public void down(String why) {
            probe = null;
            unavailableReason = "Asterisk cannot be reached: " + why;
        }

        /// Nobody tells us any more what happens to the calls: no call goes on being interpreted.
        @Override
        public void replaced() {
            probe = null;
            unavailableReason =
                    "another controller took over the application "
                            + application
                            + "; this one takes calls again when it is restarted";
            sweeper.stop();
            var left = List.copyOf(byCall.values());
            log.atError()
                    .addKeyValue("calls", left.size())
                    .log("calls are left to the controller that took over");
            left.forEach(overlay -> overlay.loop().execute(overlay::takenOver));
        }

        private boolean arrival(StasisStart start) {
            Channel channel = start.getChannel();
            if (channel == null || start.getArgs() == null || isTaken(channel.getId())) {
                return false;
            }
            Optional<Inbound> inbound = Inbound.of(start.getArgs());
            inbound.ifPresent(found -> arrived(channel, found));
            return inbound.isPresent();
        }
    }

    /// Whether it is somebody whom their carrier brings back to a phone that rings: the dialplan asks by this whether
    /// the ringing is a call's of ours. Then they wait for a moment, as those do who come back to somebody who talks;
    /// if it is one that outlived its controller, they wait for the answer.
    private boolean isBack(StasisStart start) {
        List<String> said = start.getArgs();
        boolean back =
                start.getChannel() != null
                        && said != null
                        && said.size() == 2
                        && said.getFirst().equals("back");
        if (back) {
            var _ =
                    ari.continueAt(
                            start.getChannel().getId(),
                            legs.rings(said.getLast()) ? "way-back-refused" : "way-back-rings");
        }
        return back;
    }

    /// The channel whose call an event is for; null for events that no call needs.
    private static @Nullable String channelOf(Message event) {
        Channel channel =
                switch (event) {
                    case StasisStart start -> start.getChannel();
                    case StasisEnd end -> end.getChannel();
                    case ChannelStateChange change -> change.getChannel();
                    case ChannelHangupRequest request -> request.getChannel();
                    case ChannelDtmfReceived pressed -> pressed.getChannel();
                    case ChannelDestroyed destroyed -> destroyed.getChannel();
                    case ChannelLeftBridge left -> left.getChannel();
                    case ChannelHold hold -> hold.getChannel();
                    case ChannelUnhold unhold -> unhold.getChannel();
                    case Dial dial -> dial.getPeer();
                    default -> null;
                };
        return channel == null ? null : channel.getId();
    }

    /// Operators' calls begin when it is known how many may. What arrives was counted by the dialplan.
    private void learnRoom() {
        var probe = new DialplanProbe(ari);
        this.probe = probe;
        probe.read(List.of(MAX_CONCURRENT_CALLS, RTP_PORTS, LEGS, RINGS_ON, SECOND_POP))
                .onComplete(
                        answer -> {
                            if (answer.succeeded()) {
                                Map<String, String> said = answer.result();
                                maxConcurrentCalls =
                                        maxConcurrentCalls(
                                                said.getOrDefault(MAX_CONCURRENT_CALLS, ""));
                                ports.range(said.getOrDefault(RTP_PORTS, ""));
                                legs.openedAt(said.getOrDefault(LEGS, ""));
                                secondPop.isThere(!said.getOrDefault(SECOND_POP, "").isEmpty());
                                legs.ringsOn("yes".equals(said.get(RINGS_ON)));
                            } else {
                                log.atWarn()
                                        .addKeyValue("answer", answer.cause().getMessage())
                                        .log("asterisk does not say how many calls it takes");
                            }
                            if (this.probe == probe) {
                                this.probe = null;
                                unavailableReason = null;
                            }
                        });
    }

    private static int maxConcurrentCalls(String value) {
        if (value.matches("[1-9][0-9]{0,5}")) {
            return Integer.parseInt(value);
        }
        log.atWarn()
                .addKeyValue("variable", MAX_CONCURRENT_CALLS)
                .log("asterisk's dialplan does not say how many calls it takes");
        return Integer.MAX_VALUE;
    }

    /// What sweeps have to know of the calls that live here.
    private final class LiveCalls implements Sweeper.Calls {
        @Override
        public Set<String> live() {
            Set<String> live = new HashSet<>(byCall.keySet());
            live.addAll(legs.calls());
            if (probe != null) {
                live.add(probe.callId());
            }
            return live;
        }

        @Override
        public void found(Channel caller) {
            if (!isTaken(caller.getId())) {
                meters.adoptedArrivals().increment();
                Inbound.of(caller, application).ifPresent(inbound -> arrived(caller, inbound));
            }
        }

        @Override
        public void survived(List<Sweep.Pair> pairs) {
            if (!survivorsTold) {
                survivorsTold = true;
                var _ =
                        survivors.found(
                                NAME, pairs.stream().map(AsteriskCarrier.this::foundCall).toList());
            }
        }

        @Override
        public void reconcile(Sweep.Inventory found) {
            for (Overlay overlay : byCall.values()) {
                overlay.loop().execute(() -> overlay.reconcile(found));
            }
            legs.reconcile(found);
        }
    }
}
