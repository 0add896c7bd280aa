package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.ChannelDestroyed;
import ch.loway.oss.ari4java.generated.models.ChannelHangupRequest;
import ch.loway.oss.ari4java.generated.models.ChannelLeftBridge;
import ch.loway.oss.ari4java.generated.models.ChannelStateChange;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.generated.models.StasisEnd;
import ch.loway.oss.ari4java.generated.models.StasisStart;

import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.ari.AriConnection;
import io.sandalphone.telephony.asterisk.ari.AriListener;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Asterisk as a carrier: hands events to the call they belong to, in the order in which they came,
/// takes up what arrives, and clears away what belongs to nobody.
///
/// Events come on the one context of the ARI connection; each call is told on its own loop.
public final class AsteriskCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(AsteriskCarrier.class);
    private static final long SWEEP_DELAY_MILLIS = 1000;

    // How many calls Asterisk has media ports for, as its dialplan says. It crashes when a call
    // asks
    // for a port and none is free.
    static final String MAX_CONCURRENT_CALLS = "SP_MAX_CONCURRENT_CALLS";

    // Their range, as `first-last`.
    static final String RTP_PORTS = "SP_RTP_PORTS";

    private final Vertx vertx;
    private final String application;
    private final AriConnection connection;
    private final AriCommands ari;
    private final FreePorts ports;
    private final AsteriskSettings.Trunk trunk;
    private final List<MediaLoop> loops;
    private final OverlayMeters meters;
    private final Arrivals arrivals;
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final Map<String, Overlay> byCall = new ConcurrentHashMap<>();
    // The channels whose ids Asterisk chose: callers who arrived.
    private final Map<String, Overlay> byCallerChannel = new ConcurrentHashMap<>();
    private volatile @Nullable String unavailableReason = "Asterisk has not been reached yet";
    private volatile int maxConcurrentCalls = Integer.MAX_VALUE;
    // These two belong to the ARI context.
    private boolean sweepDue;
    private @Nullable DialplanProbe probe;

    /// Calls are spread over `loops`, of which there is at least one.
    public AsteriskCarrier(
            Vertx vertx,
            AriSettings settings,
            AsteriskSettings.Trunk trunk,
            List<MediaLoop> loops,
            Arrivals arrivals,
            AriMeters ariMeters,
            OverlayMeters meters) {
        this.vertx = vertx;
        application = settings.application();
        this.trunk = trunk;
        this.loops = List.copyOf(loops);
        this.arrivals = arrivals;
        this.meters = meters;
        connection = new AriConnection(vertx, settings, new Events(), ariMeters);
        ports =
                FreePorts.ofThisMachine(
                        loops.getFirst()
                                .port()
                                .localAddress()
                                .getAddress()
                                .getHostAddress()
                                .equals("127.0.0.1"));
        ari = new AriRestCommands(connection, application, ports);
    }

    /// Connects, and keeps connecting.
    public void start() {
        connection.start();
    }

    /// Closes the connection. Calls that still live go on at Asterisk.
    public Future<Void> stop() {
        return connection.stop();
    }

    @Override
    public String name() {
        return "asterisk";
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
    public CallConnection connect(String callId) {
        return overlay(callId);
    }

    private Overlay overlay(String callId) {
        MediaLoop media = loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
        var overlay = new Overlay(callId, media, ari, trunk, meters, this::released);
        byCall.put(callId, overlay);
        return overlay;
    }

    private void released(Overlay overlay) {
        byCall.remove(overlay.callId());
        byCallerChannel.values().remove(overlay);
    }

    private void arrived(Channel channel, Inbound inbound) {
        String callId = CallIds.next();
        Overlay overlay = overlay(callId);
        byCallerChannel.put(channel.getId(), overlay);
        String caller = channel.getCaller() == null ? null : channel.getCaller().getNumber();
        var arrival = new Arrival(callId, inbound.called(), caller == null ? "" : caller, overlay);
        overlay.loop()
                .execute(
                        () -> {
                            overlay.adoptCaller(channel);
                            arrivals.arrived(arrival);
                        });
    }

    private @Nullable Overlay overlayOf(String channel) {
        Overlay overlay = byCallerChannel.get(channel);
        return overlay != null ? overlay : Ids.call(channel).map(byCall::get).orElse(null);
    }

    /// What comes over the ARI connection, on its context.
    private final class Events implements AriListener {
        @Override
        public void up() {
            learnRoom();
            catchUp(List.copyOf(byCall.values()));
        }

        @Override
        public void event(Message event) {
            if (event instanceof StasisStart start && arrival(start)) {
                return;
            }
            String channel = channelOf(event);
            if (channel == null || DialplanProbe.isProbe(channel)) {
                return;
            }
            Overlay overlay = overlayOf(channel);
            if (overlay != null) {
                overlay.loop().execute(() -> overlay.on(event));
            } else {
                sweepSoon();
            }
        }

        @Override
        public void down(String why) {
            probe = null;
            unavailableReason = "Asterisk cannot be reached: " + why;
        }

        @Override
        public void replaced() {
            probe = null;
            unavailableReason = "another controller took over the application " + application;
        }

        private boolean arrival(StasisStart start) {
            Channel channel = start.getChannel();
            if (channel == null
                    || start.getArgs() == null
                    || byCallerChannel.containsKey(channel.getId())) {
                return false;
            }
            Optional<Inbound> inbound = Inbound.of(start.getArgs());
            inbound.ifPresent(found -> arrived(channel, found));
            return inbound.isPresent();
        }
    }

    /// Operators' calls begin when it is known how many may. What arrives was counted by the dialplan.
    private void learnRoom() {
        var probe = new DialplanProbe(ari);
        this.probe = probe;
        probe.read(List.of(MAX_CONCURRENT_CALLS, RTP_PORTS))
                .onComplete(
                        answer -> {
                            if (answer.succeeded()) {
                                Map<String, String> said = answer.result();
                                maxConcurrentCalls =
                                        maxConcurrentCalls(
                                                said.getOrDefault(MAX_CONCURRENT_CALLS, ""));
                                ports.range(said.getOrDefault(RTP_PORTS, ""));
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

    /// The channel whose call an event is for; null for events that no call needs.
    private static @Nullable String channelOf(Message event) {
        Channel channel =
                switch (event) {
                    case StasisStart start -> start.getChannel();
                    case StasisEnd end -> end.getChannel();
                    case ChannelStateChange change -> change.getChannel();
                    case ChannelHangupRequest request -> request.getChannel();
                    case ChannelDestroyed destroyed -> destroyed.getChannel();
                    case ChannelLeftBridge left -> left.getChannel();
                    case Dial dial -> dial.getPeer();
                    default -> null;
                };
        return channel == null ? null : channel.getId();
    }

    /// Something moved that belongs to no live call: look at everything, once, a little later.
    private void sweepSoon() {
        if (!sweepDue) {
            sweepDue = true;
            vertx.setTimer(
                    SWEEP_DELAY_MILLIS,
                    _ -> {
                        sweepDue = false;
                        inventory()
                                .onSuccess(found -> carryOut(decide(found)))
                                .onFailure(AsteriskCarrier::sweepFailed);
                    });
        }
    }

    /// Compares what Asterisk has with what lives here, after a time in which events were missed.
    private void catchUp(List<Overlay> missed) {
        inventory()
                .onSuccess(
                        found -> {
                            Set<String> channels =
                                    found.channels().stream()
                                            .map(Channel::getId)
                                            .collect(Collectors.toSet());
                            Set<String> bridges =
                                    found.bridges().stream()
                                            .map(Bridge::getId)
                                            .collect(Collectors.toSet());
                            missed.forEach(
                                    overlay ->
                                            overlay.loop()
                                                    .execute(
                                                            () ->
                                                                    overlay.reconcile(
                                                                            channels, bridges)));
                            Sweep sweep = decide(found);
                            carryOut(sweep);
                            takeUp(sweep.arrivals());
                        })
                .onFailure(AsteriskCarrier::sweepFailed);
    }

    /// All there is at Asterisk.
    private record Inventory(List<Channel> channels, List<Bridge> bridges) {}

    private Future<Inventory> inventory() {
        return ari.channels()
                .compose(
                        channels -> ari.bridges().map(bridges -> new Inventory(channels, bridges)));
    }

    private Sweep decide(Inventory found) {
        var live = new HashSet<>(byCall.keySet());
        if (probe != null) {
            live.add(probe.callId());
        }
        return Sweep.of(found.channels(), found.bridges(), live, application);
    }

    private void carryOut(Sweep sweep) {
        sweep.restore().forEach(leg -> ari.set(leg, "VOLUME(RX)", "0"));
        meters.pairsLeftTalking().increment(sweep.pairs());
        meters.swept().increment(sweep.hangUp().size() + (double) sweep.remove().size());
        if (!sweep.hangUp().isEmpty() || !sweep.remove().isEmpty()) {
            log.atInfo()
                    .addKeyValue("channels", sweep.hangUp().size())
                    .addKeyValue("bridges", sweep.remove().size())
                    .addKeyValue("left", sweep.pairs())
                    .log("sweep removes what no live call owns");
        }
        var hungUp =
                sweep.hangUp().stream()
                        .map(channel -> ari.hangUp(channel, HangupCause.NORMAL))
                        .toList();
        Future.all(hungUp)
                .compose(_ -> Future.all(sweep.remove().stream().map(ari::removeBridge).toList()))
                .onFailure(AsteriskCarrier::sweepFailed);
    }

    private void takeUp(List<Channel> callers) {
        for (Channel caller : callers) {
            if (!byCallerChannel.containsKey(caller.getId())) {
                meters.adoptedArrivals().increment();
                Inbound.of(caller, application).ifPresent(inbound -> arrived(caller, inbound));
            }
        }
    }

    private static void sweepFailed(Throwable failure) {
        log.atWarn().addKeyValue("answer", failure.getMessage()).log("sweep failed");
    }
}
