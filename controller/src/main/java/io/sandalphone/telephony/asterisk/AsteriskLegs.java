package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;
import ch.loway.oss.ari4java.generated.models.Dial;
import ch.loway.oss.ari4java.generated.models.Message;

import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.NanoClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asterisk as a carrier of single legs, for calls whose other leg is at another carrier: their sound
/// passes through us ([WebSocketLeg]). Thread-safe.
public final class AsteriskLegs implements LegCarrier {
    private static final Logger log = LoggerFactory.getLogger(AsteriskLegs.class);

    // Longer than any phone rings. A leg withdraws its token when it has waited long enough for its
    // connection.
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(6);

    private final AriCommands ari;
    private final AsteriskSettings.Trunk trunk;
    private final Supplier<Optional<String>> asteriskUnavailable;
    private final StreamMeters streamMeters;
    private final LegMeters legMeters;
    private final OverlayMeters meters;
    private final StreamTokens<LegSocket.Listener> tokens;
    private final LegServer server;
    private final LegSettings settings;
    private final Set<String> sendingBack;
    // Where Asterisk opens connections, as far as it has said; empty when its dialplan knows of
    // none.
    private volatile @Nullable String openedAt;
    private volatile boolean ringsOn;
    // By the channel whose events are theirs.
    private final Map<String, WebSocketLeg> byChannel = new ConcurrentHashMap<>();

    /// Runs its server on `context`; `asteriskUnavailable` says why Asterisk is not there. `sendingBack` are the
    /// carriers that bring their party here when we are gone, where the settings name a way.
    AsteriskLegs(
            Vertx vertx,
            Context context,
            AsteriskSettings settings,
            AriCommands ari,
            Supplier<Optional<String>> asteriskUnavailable,
            Set<String> sendingBack,
            StreamMeters streamMeters,
            LegMeters legMeters,
            OverlayMeters meters) {
        this.ari = ari;
        this.asteriskUnavailable = asteriskUnavailable;
        this.streamMeters = streamMeters;
        this.legMeters = legMeters;
        this.meters = meters;
        trunk = settings.trunk();
        this.settings = settings.legs();
        this.sendingBack = settings.wayBack().isPresent() ? Set.copyOf(sendingBack) : Set.of();
        tokens = new StreamTokens<>(TOKEN_LIFE, NanoClock.system());
        server =
                new LegServer(
                        vertx,
                        context,
                        settings.legs(),
                        settings.ari().authorization(),
                        tokens,
                        legMeters);
    }

    void start() {
        var _ = server.start();
    }

    Future<?> stop() {
        return server.stop();
    }

    @Override
    public String name() {
        return AsteriskCarrier.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return asteriskUnavailable.get().or(this::wrongPlace).or(server::unavailableReason);
    }

    /// Asterisk's dialplan says where it opens connections: `address:port`, or nothing.
    void openedAt(String place) {
        openedAt = place;
    }

    /// Whether Asterisk's dialplan can ring somebody without us; one of an older version cannot.
    void ringsOn(boolean can) {
        ringsOn = can;
    }

    /// Whether the phone of a live call rings whose room's name begins so.
    boolean rings(String name) {
        return byChannel.values().stream().anyMatch(leg -> leg.context().room().startsWith(name));
    }

    private Optional<String> wrongPlace() {
        String place = openedAt;
        if (place == null || place.equals(settings.address() + ":" + settings.port())) {
            return Optional.empty();
        }
        return Optional.of(
                place.isEmpty()
                        ? "Asterisk's configuration is older than this controller: render it anew"
                        : "Asterisk brings the sound of legs to %s, asterisk.legs is %s:%d"
                                .formatted(place, settings.address(), settings.port()));
    }

    @Override
    public Leg dial(LegContext context, io.sandalphone.telephony.Dial dial) {
        return leg(
                context,
                listener -> {
                    String endpoint = trunk.endpointFor(dial.number());
                    DesiredState.Repeats repeats =
                            (failure, first) -> repeated(context, failure, first);
                    return partnerComesBack(context)
                            ? new PersistentRing(context, endpoint, dial, ari, repeats, listener)
                            : new RungChannels(context, endpoint, dial, ari, repeats, listener);
                });
    }

    /// Whether the other party is brought to this one by their carrier when we are gone.
    private boolean partnerComesBack(LegContext context) {
        return ringsOn && context.elsewhere().filter(sendingBack::contains).isPresent();
    }

    /// The leg of a caller who has arrived, on a channel that nobody else looks after.
    Leg arrived(LegContext context, Channel caller) {
        return leg(
                context,
                listener ->
                        new ArrivedChannels(
                                caller.getId(),
                                context.room(),
                                context.loop(),
                                ari,
                                (failure, first) -> repeated(context, failure, first),
                                listener));
    }

    private WebSocketLeg leg(
            LegContext context, Function<LegChannels.Listener, LegChannels> channels) {
        var leg =
                new WebSocketLeg(
                        context, channels, tokens, streamMeters, legMeters, meters, this::ended);
        byChannel.put(leg.channels().channel(), leg);
        return leg;
    }

    private void ended(WebSocketLeg leg) {
        byChannel.remove(leg.channels().channel(), leg);
    }

    private void repeated(LegContext context, Throwable failure, boolean first) {
        meters.repeated().increment();
        if (first) {
            log.atWarn()
                    .addKeyValue("call", context.callId())
                    .addKeyValue("answer", failure.getMessage())
                    .log("asterisk did not do what was asked, it is asked again");
        }
    }

    /// Takes an event that is about a leg, `channel` being whose it is; false when it is about none.
    boolean event(Message event, @Nullable String channel) {
        WebSocketLeg leg = leg(event instanceof Dial dial ? idOf(dial.getCaller()) : null);
        if (leg == null) {
            leg = leg(channel);
        }
        if (leg == null) {
            return false;
        }
        if (channel != null && !Ids.isSound(channel)) {
            EventLog.told(leg.context().callId(), leg.context().party(), event);
        }
        LegChannels channels = leg.channels();
        leg.loop().execute(() -> channels.on(event));
        return true;
    }

    private @Nullable WebSocketLeg leg(@Nullable String channel) {
        return channel == null ? null : byChannel.get(channel);
    }

    private static @Nullable String idOf(@Nullable Channel channel) {
        return channel == null ? null : channel.getId();
    }

    /// Whether a leg looks after a channel.
    boolean has(String channel) {
        return byChannel.containsKey(channel);
    }

    /// The ids of the calls whose legs are here.
    Set<String> calls() {
        Set<String> calls = new HashSet<>();
        byChannel.values().forEach(leg -> calls.add(leg.context().callId()));
        return calls;
    }

    /// Compares the legs with what there is after events were missed.
    void reconcile(Sweep.Inventory found) {
        for (WebSocketLeg leg : byChannel.values()) {
            leg.loop().execute(() -> leg.channels().reconcile(found));
        }
    }
}
