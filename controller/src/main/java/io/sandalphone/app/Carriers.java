package io.sandalphone.app;

import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.HairpinCarrier;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.media.rtp.RtpMeters;
import io.sandalphone.media.rtp.RtpSocket;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.ops.HealthCheck;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegJoiner;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.SipAddress;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.Elsewhere;
import io.sandalphone.telephony.asterisk.LegMeters;
import io.sandalphone.telephony.asterisk.MediaLoop;
import io.sandalphone.telephony.asterisk.OverlayMeters;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.client.ClientMeters;
import io.sandalphone.telephony.client.ClientServer;
import io.sandalphone.telephony.client.ClientSettings;
import io.sandalphone.telephony.http.HttpLegMeters;
import io.sandalphone.telephony.http.HttpLegServer;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.WaysBack;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamProtocol;
import io.sandalphone.telephony.stream.StreamSettings;
import io.sandalphone.telephony.telnyx.TelnyxCarrier;
import io.sandalphone.telephony.telnyx.TelnyxMeters;
import io.sandalphone.telephony.telnyx.TelnyxSettings;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioMeters;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.sandalphone.time.Loop;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.web.TokenCheck;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The carriers that settings ask for, constructed by hand.
final class Carriers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Carriers.class);

    private final Vertx vertx;
    private final List<VertxLoop> loops;
    private final CallRegistry calls;
    private final Survivors survivors;
    private final TokenCheck operators;
    private final Metrics metrics;
    private final StreamMeters streamMeters;
    private final MixedBridges bridges;
    private final Map<String, LegCarrier> legCarriers = new LinkedHashMap<>();
    private Optional<LegCarrier> clientLegs = Optional.empty();
    private final List<StreamProtocol> protocols = new ArrayList<>();
    private final List<Carrier> carriers = new ArrayList<>();
    private final Map<String, Supplier<Optional<String>>> reachable = new LinkedHashMap<>();
    private final List<HealthCheck> partly = new ArrayList<>();
    private final List<Consumer<Router>> paths = new ArrayList<>();
    private final List<Supplier<Future<Void>>> starts = new ArrayList<>();
    private final List<Runnable> reunions = new ArrayList<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    /// Calls are handed up to `calls`, and `survivors` hears of those that outlived a gateway before this one; nothing arrives before
    /// [#start]. Those over Asterisk are spread over `loops`,
    /// all others belong to the first of them, on which the public listener is to be. `operators` asks
    /// for the operator's token.
    Carriers(
            Settings settings,
            Vertx vertx,
            List<VertxLoop> loops,
            CallRegistry calls,
            Survivors survivors,
            TokenCheck operators,
            Metrics metrics)
            throws Exception {
        this.vertx = vertx;
        this.loops = loops;
        this.calls = calls;
        this.survivors = survivors;
        this.operators = operators;
        this.metrics = metrics;
        streamMeters = StreamMeters.register(metrics.registry());
        bridges = new MixedBridges(BusMeters.register(metrics.registry()));
        try {
            if (settings.asterisk().isPresent()) {
                addAsterisk(settings.asterisk().get());
            }
            if (settings.twilio().isPresent()) {
                addTwilio(settings.twilio().get(), settings);
            }
            if (settings.telnyx().isPresent()) {
                addTelnyx(settings.telnyx().get(), settings);
            }
            if (settings.clients().isPresent()) {
                addClients(settings.clients().get(), settings);
            }
            if (settings.publicHttp().isPresent()) {
                addHttpLegs();
            }
            addHairpins();
            // After those: operators' calls ring telephones.
            clientLegs.ifPresent(legs -> legCarriers.put(legs.name(), legs));
            addStreams(settings.streams());
        } catch (Throwable e) {
            // An Error too leaves sockets behind.
            close();
            throw e;
        }
    }

    private void addAsterisk(AsteriskSettings settings) throws Exception {
        var carrier =
                new AsteriskCarrier(
                        vertx,
                        settings,
                        mediaLoops(InetAddress.getByName(settings.mediaAddress())),
                        calls,
                        survivors,
                        new Elsewhere(
                                bridges,
                                // One who is there goes to the call's room, wherever the other one
                                // is.
                                (to, dial) ->
                                        dial(
                                                AsteriskCarrier.NAME,
                                                AsteriskCarrier.NAME,
                                                true,
                                                to,
                                                dial),
                                Set.of(TwilioCarrier.NAME, TelnyxCarrier.NAME)),
                        AriMeters.register(metrics.registry()),
                        OverlayMeters.register(metrics.registry()),
                        LegMeters.register(metrics.registry()),
                        streamMeters);
        carriers.add(carrier);
        legCarriers.put(AsteriskCarrier.NAME, carrier.legs());
        reachable.put(AsteriskCarrier.NAME, carrier::unavailableReason);
        // Needed only by calls whose other leg is elsewhere, and by agents.
        partly.add(
                new HealthCheck(
                        "asterisk legs",
                        HealthCheck.Kind.SOME_CALLS,
                        carrier.legs()::unavailableReason));
        starts.add(
                () -> {
                    running.push(() -> EventLoops.await(carrier.stop()));
                    return carrier.start();
                });
    }

    private void addTwilio(TwilioSettings twilio, Settings settings) {
        addMarkup(
                new TwilioCarrier(
                        twilio,
                        settings.streams().verifySignatures(),
                        surroundings(TwilioCarrier.NAME, settings),
                        TwilioMeters.register(metrics.registry())));
    }

    private void addTelnyx(TelnyxSettings telnyx, Settings settings) {
        addMarkup(
                new TelnyxCarrier(
                        telnyx,
                        settings.streams().verifySignatures(),
                        surroundings(TelnyxCarrier.NAME, settings),
                        TelnyxMeters.register(metrics.registry())));
    }

    private MarkupCarrier.Surroundings surroundings(String name, Settings settings) {
        return new MarkupCarrier.Surroundings(
                settings.streams().publicUrl().orElseThrow(),
                publicLoop(),
                calls.orEcho(settings.terms()),
                joiner(name),
                waysBack(settings),
                streamMeters,
                NanoClock.system());
    }

    /// Those at Asterisk alone can be called there.
    private static WaysBack waysBack(Settings settings) {
        Optional<SipAddress> asterisk = settings.asterisk().flatMap(AsteriskSettings::wayBack);
        return carrier ->
                carrier.equals(AsteriskCarrier.NAME) ? asterisk : Optional.<SipAddress>empty();
    }

    private void addMarkup(MarkupCarrier carrier) {
        running.push(carrier);
        legCarriers.put(carrier.name(), carrier);
        reachable.put(carrier.name(), carrier::unavailableReason);
        paths.add(carrier::mount);
        protocols.add(carrier.protocol());
        reunions.add(() -> carrier.lookFor(survivors, bridges::rejoined));
    }

    private void addClients(ClientSettings clients, Settings settings) {
        CallTerms terms = settings.terms();
        Optional<String> origin = settings.streams().publicUrl().map(url -> url.web(""));
        List<Language> languages =
                List.copyOf(
                        new LinkedHashSet<>(
                                List.of(terms.callerLanguage(), terms.destinationLanguage())));
        var server =
                new ClientServer(
                        vertx,
                        clients,
                        new ClientServer.Identity(
                                settings.http().token(), operators, languages, origin, Set.of()),
                        new ClientServer.CallSide(
                                publicLoop(),
                                this::join,
                                joiner(ClientServer.NAME, firstOfLegs(ClientServer.NAME)),
                                calls,
                                terms),
                        InstantSource.system(),
                        ClientMeters.register(metrics.registry()));
        calls.observe(server.observer());
        paths.add(server::mount);
        clientLegs = Optional.of(server.legs());
    }

    /// Where those are rung whom somebody calls at a carrier `own` that rings nobody: over the first carrier
    /// of legs there is, unless the route names one.
    private String firstOfLegs(String own) {
        return legCarriers.keySet().stream().findFirst().orElse(own);
    }

    private void addHttpLegs() {
        String ringing = firstOfLegs(HttpLegServer.CARRIER);
        var server =
                new HttpLegServer(
                        operators,
                        publicLoop(),
                        calls,
                        joiner(HttpLegServer.CARRIER, ringing),
                        HttpLegMeters.register(metrics.registry()));
        paths.add(server::mount);
    }

    private CallConnection join(String callId, Loop loop, Leg caller, Leg destination) {
        var context = new LegContext(callId, Party.CALLER, loop, MixedBridges.newRoom());
        return bridges.met(context, caller, destination);
    }

    /// Joins who arrives at the carrier `own` with whom a leg over any carrier reaches.
    private LegJoiner joiner(String own) {
        return joiner(own, own);
    }

    /// Joins who arrives at `own` with whom a leg reaches over any carrier, which is `ringing` unless the route names
    /// one.
    private LegJoiner joiner(String own, String ringing) {
        return (context, leg) ->
                bridges.arrived(
                        context, leg, (to, dial) -> dial(own, ringing, leg.goesToRoom(), to, dial));
    }

    /// `meets` says whether somebody at `own` can be met there in the call's room when we are gone.
    private Leg dial(String own, String ringing, boolean meets, LegContext context, Dial dial) {
        String name = dial.via().orElse(ringing);
        LegCarrier carrier = legCarriers.get(name);
        if (carrier == null) {
            throw new IllegalArgumentException("no leg can be rung over " + name);
        }
        Optional<String> partner = name.equals(own) && meets ? Optional.empty() : Optional.of(own);
        return carrier.dial(context.withPartnerAt(partner), dial);
    }

    /// Operators' calls over carriers of legs that make none by themselves, once all of those are known.
    private void addHairpins() {
        for (LegCarrier carrier : legCarriers.values()) {
            if (carriers.stream().noneMatch(each -> each.name().equals(carrier.name()))) {
                carriers.add(new HairpinCarrier(carrier, legCarriers, publicLoop(), bridges));
            }
        }
    }

    /// That of the public listener: what comes over its sockets is heard, mixed and sent where it is read and
    /// written, and changes no thread.
    private Loop publicLoop() {
        return loops.getFirst();
    }

    private void addStreams(StreamSettings settings) {
        if (!protocols.isEmpty()) {
            var endpoint =
                    new StreamEndpoint(
                            protocols, settings.expectedOrigin(), streamMeters, NanoClock.system());
            paths.add(endpoint::mount);
        }
    }

    /// Each loop with its RTP socket and one that nobody reads.
    private List<MediaLoop> mediaLoops(InetAddress address) throws Exception {
        var meters = RtpMeters.register(metrics.registry());
        List<MediaLoop> media = new ArrayList<>();
        for (VertxLoop loop : loops) {
            Context context = loop.context();
            RtpSocket socket =
                    EventLoops.await(RtpSocket.open(context, address, NanoClock.system(), meters));
            running.push(() -> closeOn(context, socket));
            RtpSocket sink =
                    EventLoops.await(
                            RtpSocket.openDeaf(context, address, NanoClock.system(), meters));
            running.push(() -> closeOn(context, sink));
            media.add(new MediaLoop(loop, socket, sink));
        }
        return media;
    }

    private static void closeOn(Context context, RtpSocket socket) throws Exception {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(
                _ -> {
                    socket.close();
                    closed.complete();
                });
        EventLoops.await(closed.future());
    }

    /// All of them, the one over which calls are usually made first.
    List<Carrier> all() {
        return List.copyOf(carriers);
    }

    /// Each carrier of telephone calls by its name, with the reason why it cannot work just now.
    Map<String, Supplier<Optional<String>>> reachable() {
        return new LinkedHashMap<>(reachable);
    }

    /// Each carrier of telephone calls. Where there are several, no call can be connected only when none of them works.
    List<HealthCheck> checks() {
        return CarrierChecks.of(reachable, partly);
    }

    /// What they need of the listener that the world reaches.
    List<Consumer<Router>> paths() {
        return List.copyOf(paths);
    }

    /// Connects to those that must be connected to; none need be there yet.
    ///
    /// @return completes when it is known of each whether it is there; never fails
    Future<Void> start() {
        return Future.join(starts.stream().map(Supplier::get).toList()).mapEmpty();
    }

    /// Has calls that outlived a gateway before this one fetched back whose sound comes to the public listener, which has to be there.
    void fetchBack() {
        reunions.forEach(Runnable::run);
    }

    /// Ends what was started, the last first. What does not end is said, and keeps nothing else from it.
    @Override
    public void close() {
        running.forEach(Carriers::end);
        running.clear();
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.error("stopping, a part of a carrier did not close", e);
        }
    }
}
