package io.sandalphone.harness.ari;

import io.sandalphone.config.Secret;
import io.sandalphone.harness.loop.EventLoop;
import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.DatagramSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A stand-in for the REST interface of Asterisk 22 on loopback: real HTTP and WebSocket, channels
/// and bridges that behave, events in Asterisk's order, and ExternalMedia channels with real UDP
/// sockets nobody listens to but the test. What phones do, and what goes wrong, is said by the
/// test.
///
/// A channel arrives in the application a few milliseconds after it was made, as in Asterisk: who
/// adds it to a bridge without waiting for `StasisStart` is refused.
///
/// Thread-safe; methods return when what they say has happened and its events are on their way.
public final class FakeAri implements AutoCloseable {
    private static final String USER = "sandalphone";
    private static final String PASSWORD = "not a secret";
    private static final String APPLICATION = "sandalphone";
    private static final String PREFIX = "/ari";
    private static final long STASIS_DELAY_MILLIS = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final EventLoop loop = new EventLoop(vertx.getOrCreateContext());
    private final Map<String, Subscriber> subscribers = new HashMap<>();
    private final Set<HttpConnection> connections = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private FakeSwitch asterisk = newSwitch();
    private @Nullable HttpServer server;
    private int port;

    private record Subscriber(ServerWebSocket socket, HttpConnection connection) {}

    private record Awaited(
            Predicate<RecordedRequest> condition, CompletableFuture<RecordedRequest> arrival) {}

    private FakeAri() {}

    /// Starts one on a free port.
    public static FakeAri start() {
        var fake = new FakeAri();
        fake.listen();
        return fake;
    }

    /// How to reach it.
    public AriSettings settings() {
        return AriSettings.of(
                URI.create("http://127.0.0.1:" + port + PREFIX),
                USER,
                new Secret(PASSWORD),
                APPLICATION);
    }

    /// A call arrives for `called` and is given to the application, which must be connected.
    ///
    /// @return its channel's id
    public String inboundCall(String called) {
        return loop.call(
                () -> {
                    if (!subscribers.containsKey(APPLICATION)) {
                        throw new IllegalStateException("nobody hears events of " + APPLICATION);
                    }
                    return asterisk.inboundCall(APPLICATION, called);
                });
    }

    /// A call arrives for `called` and is given to the application, whose connection breaks before it
    /// is told.
    ///
    /// @return its channel's id
    public String unheardInboundCall(String called) {
        return loop.call(() -> asterisk.inboundCall("nobody", APPLICATION, called));
    }

    /// Where callers went on in the dialplan: `channel context`, in order.
    public List<String> continued() {
        return loop.call(asterisk::continued);
    }

    /// The dialled phone begins to ring.
    public void ring(String channelId) {
        loop.run(() -> asterisk.ring(channelId));
    }

    /// The dialled phone is answered.
    public void answer(String channelId) {
        loop.run(() -> asterisk.answer(channelId));
    }

    /// The party hangs up, or its phone refuses the call.
    ///
    /// @param cause as in Q.850: 16 for a normal hangup, 17 busy, 19 no answer
    public void hangUp(String channelId, int cause) {
        loop.run(() -> asterisk.hangUp(channelId, cause));
    }

    /// The party presses a key.
    public void dtmf(String channelId, String digit) {
        loop.run(() -> asterisk.dtmf(channelId, digit));
    }

    /// Channels there are, in order of their making.
    public List<String> channels() {
        return loop.call(asterisk::channelIds);
    }

    /// Bridges there are, with their channels, sorted.
    public Map<String, List<String>> bridges() {
        return loop.call(asterisk::bridgeMembers);
    }

    /// The state of a channel as ARI writes it: `Down`, `Ring`, `Ringing`, `Up`.
    public String state(String channelId) {
        return loop.call(() -> asterisk.channel(channelId).state.text);
    }

    /// What a variable or dialplan function of a channel was last set to, empty when never.
    public String variable(String channelId, String name) {
        return loop.call(() -> asterisk.channel(channelId).variables.getOrDefault(name, ""));
    }

    /// The socket on which an ExternalMedia channel would receive RTP and from which it would send.
    public DatagramSocket media(String channelId) {
        return loop.call(
                () ->
                        Objects.requireNonNull(
                                asterisk.channel(channelId).media,
                                () -> channelId + " is no ExternalMedia channel"));
    }

    /// Sends text on the events connection as it is.
    public void inject(String text) {
        loop.run(() -> subscriber().socket().writeTextMessage(text));
    }

    /// Cuts the events connection without a goodbye. Nobody hears events from then on, until somebody connects.
    public void dropWebSocket() {
        loop.run(
                () -> {
                    var cut = subscriber();
                    subscribers.remove(APPLICATION);
                    cut.connection().close();
                });
    }

    /// Waits until somebody hears events.
    public void awaitConnection() {
        await(() -> subscribers.containsKey(APPLICATION));
    }

    /// Waits until nobody is connected, for requests or for events.
    public void awaitNoConnections() {
        await(connections::isEmpty);
    }

    /// The next such request is refused with `status` and not carried out.
    public ArmedFault failNext(String method, String pathPattern, int status) {
        return fault(method, pathPattern, true, new Fault.Effect.Refuse(status));
    }

    /// Every such request from now on is carried out at once and answered after `duration`.
    public void delay(String method, String pathPattern, Duration duration) {
        var _ = fault(method, pathPattern, false, new Fault.Effect.Delay(duration));
    }

    /// The next such request is carried out and never answered.
    public ArmedFault stallNext(String method, String pathPattern) {
        return fault(method, pathPattern, true, new Fault.Effect.Stall());
    }

    /// All requests so far, in order of arrival.
    public List<RecordedRequest> requests() {
        return loop.call(() -> List.copyOf(requests));
    }

    /// Waits for a request, or finds it among those that already came.
    public RecordedRequest awaitRequest(String method, String pathPattern) {
        var path = Pattern.compile(pathPattern);
        return await(
                request ->
                        request.method().equals(method) && path.matcher(request.path()).matches());
    }

    /// The process dies: nothing answers, everything is forgotten.
    public void crash() {
        var closed =
                loop.call(
                        () -> {
                            asterisk.crash();
                            subscribers.clear();
                            return Objects.requireNonNull(server, "not running").close();
                        });
        EventLoop.join(closed.toCompletionStage().toCompletableFuture());
    }

    /// Starts again after a crash, at the same address.
    public void startAgain() {
        loop.run(() -> asterisk = newSwitch());
        listen();
    }

    @Override
    public void close() {
        loop.run(() -> asterisk.crash());
        EventLoop.join(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private void await(BooleanSupplier condition) {
        var met = new CompletableFuture<Void>();
        loop.run(
                () -> {
                    if (condition.getAsBoolean()) {
                        met.complete(null);
                    } else {
                        vertx.setPeriodic(
                                1,
                                timer -> {
                                    if (condition.getAsBoolean()) {
                                        vertx.cancelTimer(timer);
                                        met.complete(null);
                                    }
                                });
                    }
                });
        EventLoop.join(met);
    }

    private RecordedRequest await(Predicate<RecordedRequest> condition) {
        var arrival = new CompletableFuture<RecordedRequest>();
        loop.run(
                () ->
                        requests.stream()
                                .filter(condition)
                                .findFirst()
                                .ifPresentOrElse(
                                        arrival::complete,
                                        () -> awaited.add(new Awaited(condition, arrival))));
        return EventLoop.join(arrival);
    }

    private FakeSwitch newSwitch() {
        return new FakeSwitch(
                this::send, task -> vertx.setTimer(STASIS_DELAY_MILLIS, _ -> task.run()));
    }

    private void listen() {
        var listening =
                loop.call(
                        () -> {
                            var starting = vertx.createHttpServer();
                            server = starting;
                            return starting.connectionHandler(this::connected)
                                    .requestHandler(this::received)
                                    .listen(port, "127.0.0.1");
                        });
        port = EventLoop.join(listening.toCompletionStage().toCompletableFuture()).actualPort();
    }

    private void connected(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(_ -> connections.remove(connection));
    }

    private void received(HttpServerRequest request) {
        if (!authorized(request)) {
            request.response().setStatusCode(401).end();
        } else if (request.path().equals(PREFIX + "/events")) {
            subscribe(request);
        } else {
            request.body().onSuccess(body -> handle(request, recorded(request, body)));
        }
    }

    private static boolean authorized(HttpServerRequest request) {
        var credentials = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
        return ("Basic " + Base64.getEncoder().encodeToString(credentials))
                .equals(request.getHeader("Authorization"));
    }

    private void subscribe(HttpServerRequest request) {
        var application = request.getParam("app");
        request.toWebSocket()
                .onSuccess(
                        socket -> {
                            var added = new Subscriber(socket, request.connection());
                            var replaced = subscribers.get(application);
                            if (replaced != null) {
                                send(
                                        application,
                                        new JsonObject()
                                                .put("type", "ApplicationReplaced")
                                                .put("timestamp", FakeSwitch.now()));
                            }
                            subscribers.put(application, added);
                            socket.closeHandler(
                                    _ -> {
                                        subscribers.remove(application, added);
                                        connections.remove(added.connection());
                                    });
                        });
    }

    private void send(String application, JsonObject event) {
        var subscriber = subscribers.get(application);
        if (subscriber != null) {
            subscriber
                    .socket()
                    .writeTextMessage(
                            event.put("asterisk_id", "00:00:00:00:00:00")
                                    .put("application", application)
                                    .encode());
        }
    }

    private static RecordedRequest recorded(HttpServerRequest request, Buffer body) {
        var query = new LinkedHashMap<String, String>();
        request.params().forEach(query::put);
        return new RecordedRequest(
                request.method().name(),
                request.path().substring(PREFIX.length()),
                Map.copyOf(query),
                body.toString());
    }

    private void handle(HttpServerRequest request, RecordedRequest recorded) {
        requests.add(recorded);
        awaited.removeIf(
                waiting -> {
                    var hit = waiting.condition().test(recorded);
                    if (hit) {
                        waiting.arrival().complete(recorded);
                    }
                    return hit;
                });
        var fault = faults.stream().filter(candidate -> candidate.hits(recorded)).findFirst();
        fault.ifPresent(hit -> hit.armed().fire());
        fault.filter(Fault::once).ifPresent(faults::remove);
        switch (fault.map(Fault::effect).orElse(null)) {
            case Fault.Effect.Refuse(var status) -> reply(request, Reply.error(status, "Refused"));
            case Fault.Effect.Delay(var duration) -> {
                var reply = asterisk.answer(recorded);
                vertx.setTimer(duration.toMillis(), _ -> reply(request, reply));
            }
            case Fault.Effect.Stall() -> asterisk.answer(recorded);
            case null -> reply(request, asterisk.answer(recorded));
        }
    }

    private static void reply(HttpServerRequest request, Reply reply) {
        var response = request.response().setStatusCode(reply.status());
        if (reply.json() == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(Json.encode(reply.json()));
        }
    }

    private ArmedFault fault(String method, String pathPattern, boolean once, Fault.Effect effect) {
        var armed = new ArmedFault();
        var fault = new Fault(method, Pattern.compile(pathPattern), once, effect, armed);
        loop.run(() -> faults.add(fault));
        return armed;
    }

    private Subscriber subscriber() {
        var subscriber = subscribers.get(APPLICATION);
        if (subscriber == null) {
            throw new IllegalStateException("nobody hears events of " + APPLICATION);
        }
        return subscriber;
    }
}
