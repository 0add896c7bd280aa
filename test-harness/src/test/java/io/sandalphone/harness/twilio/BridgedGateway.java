package io.sandalphone.harness.twilio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.loop.EventLoop;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioMeters;
import io.sandalphone.telephony.twilio.TwilioSettings;
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

/// The controller's Twilio side with nothing above it but a bridge: who calls is connected with one
/// telephone, and whoever hangs up ends the call for both.
final class BridgedGateway implements AutoCloseable {
    static final String NUMBER = "+12125550100";
    static final String DESTINATION = "+12125550102";

    private static final String HOST = "gw.example.org";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    private final List<CallConnection> connections = new CopyOnWriteArrayList<>();
    private final MixedBridges bridges = new MixedBridges(BusMeters.register(registry));
    private final Duration ring;
    private final TwilioCarrier carrier;
    private final HttpServer server;

    /// One that `twilio` reaches, and that rings telephones for as long as `ring`.
    BridgedGateway(Vertx vertx, SimulatedTwilio twilio, Duration ring) {
        this.ring = ring;
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        var streamMeters = StreamMeters.register(registry);
        carrier =
                new TwilioCarrier(
                        new TwilioSettings(
                                twilio.account().sid(),
                                new Secret(twilio.account().authToken()),
                                new E164(NUMBER),
                                twilio.api(),
                                100,
                                true),
                        true,
                        new MarkupCarrier.Surroundings(
                                PublicUrl.read("https://" + HOST).url(),
                                List.of(new VertxLoop(vertx, context)),
                                this::arrived,
                                (caller, leg) ->
                                        bridges.arrived(
                                                caller,
                                                leg,
                                                (to, dial) -> carrier().dial(to, dial)),
                                streamMeters,
                                NanoClock.system()),
                        TwilioMeters.register(registry));
        Router router = Router.router(vertx);
        carrier.mount(router);
        new StreamEndpoint(List.of(carrier.protocol()), Optional.empty(), streamMeters)
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
        twilio.reach().map(HOST, new Reach.Place("127.0.0.1", server.actualPort(), false));
        twilio.number(new IncomingNumber(NUMBER, "https://" + HOST + "/twilio/voice"));
    }

    private TwilioCarrier carrier() {
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
    List<ConnectionEvent> events() {
        return List.copyOf(events);
    }

    /// Leaves the latest call's parties to Twilio.
    void leave() {
        CallConnection connection = connections.getLast();
        connection.loop().execute(connection::leave);
    }

    /// The sum of all counters of this name, whatever their tags; 0 where there is none.
    double count(String name) {
        return registry.find("sandalphone." + name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /// The counter of this name and reason.
    double count(String name, String reason) {
        return registry.get("sandalphone." + name).tag("reason", reason).counter().count();
    }

    /// Dies as a process does: its sockets break off and nothing answers any more.
    void die() {
        carrier.close();
        EventLoop.join(server.close().toCompletionStage().toCompletableFuture());
    }

    @Override
    public void close() {
        die();
    }
}
