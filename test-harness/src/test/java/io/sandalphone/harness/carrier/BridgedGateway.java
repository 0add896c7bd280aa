package io.sandalphone.harness.carrier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.harness.loop.EventLoop;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.WaysBack;
import io.sandalphone.telephony.markup.Webhooks;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The controller's side of one carrier with nothing above it but a bridge: who calls is connected with one
/// telephone, and whoever hangs up ends the call for both.
public final class BridgedGateway implements AutoCloseable {
    /// The number that is called.
    public static final String NUMBER = "+12125550100";

    /// Who is rung.
    public static final String DESTINATION = "+12125550102";

    private static final String HOST = "gw.example.org";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    private final List<CallConnection> connections = new CopyOnWriteArrayList<>();
    private final MixedBridges bridges = new MixedBridges(BusMeters.register(registry));
    private final Duration ring;
    private final MarkupCarrier carrier;
    private final HttpServer server;

    /// How the carrier is made, whose counts are kept in `registry`.
    @FunctionalInterface
    public interface Maker {
        MarkupCarrier make(MarkupCarrier.Surroundings surroundings, MeterRegistry registry);
    }

    /// One that `simulated` reaches, and that rings telephones for as long as `ring`.
    public BridgedGateway(Vertx vertx, SimulatedCarrier simulated, Duration ring, Maker maker) {
        this.ring = ring;
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        var streamMeters = StreamMeters.register(registry);
        carrier =
                maker.make(
                        new MarkupCarrier.Surroundings(
                                PublicUrl.read("https://" + HOST).url(),
                                new VertxLoop(vertx, context),
                                this::arrived,
                                (caller, leg) ->
                                        bridges.arrived(
                                                caller,
                                                leg,
                                                (to, dial) -> carrier().dial(to, dial)),
                                WaysBack.NONE,
                                streamMeters,
                                NanoClock.system()),
                        registry);
        Router router = Router.router(vertx);
        carrier.mount(router);
        new StreamEndpoint(
                        List.of(carrier.protocol()),
                        Optional.empty(),
                        streamMeters,
                        NanoClock.system())
                .mount(router);
        server =
                EventLoop.join(
                        vertx.createHttpServer(
                                        new HttpServerOptions()
                                                .setMaxWebSocketFrameSize(
                                                        StreamEndpoint.LONGEST_MESSAGE))
                                .requestHandler(router)
                                .listen(0, "127.0.0.1")
                                .toCompletionStage()
                                .toCompletableFuture());
        simulated.reach().map(HOST, new Reach.Place("127.0.0.1", server.actualPort(), false));
        simulated.number(
                new IncomingNumber(NUMBER, "https://" + HOST + Webhooks.voicePath(carrier.name())));
    }

    private MarkupCarrier carrier() {
        return carrier;
    }

    private void arrived(Arrival arrival) {
        CallConnection connection = arrival.connect(Optional.empty());
        connections.add(connection);
        connection.listen(event -> on(connection, event));
        connection.dial(
                Party.DESTINATION,
                new Dial(
                        new E164(DESTINATION),
                        arrival.caller(),
                        ring,
                        Duration.ofMinutes(5),
                        Optional.empty()));
    }

    private void on(CallConnection connection, ConnectionEvent event) {
        events.add(event);
        if (event instanceof ConnectionEvent.Gone) {
            connection.release(HangupCause.NORMAL);
        }
    }

    /// What happened so far, in order.
    public List<ConnectionEvent> events() {
        return List.copyOf(events);
    }

    /// Leaves the latest call's parties to the carrier.
    public void leave() {
        CallConnection connection = connections.getLast();
        connection.loop().execute(connection::leave);
    }

    /// The sum of all counters of this name, whatever their tags; 0 where there is none.
    public double count(String name) {
        return registry.find("sandalphone." + name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /// The counter of this name and reason.
    public double count(String name, String reason) {
        return registry.get("sandalphone." + name).tag("reason", reason).counter().count();
    }

    /// Dies as a process does: its sockets break off and nothing answers any more.
    public void die() {
        carrier.close();
        EventLoop.join(server.close().toCompletionStage().toCompletableFuture());
    }

    @Override
    public void close() {
        die();
    }
}
