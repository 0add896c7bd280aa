package io.sandalphone.telephony.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.ConnectionListener;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.sandalphone.time.Loop;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.web.HttpReference;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A carrier's webhooks and sockets over real connections, on the loops they have in the gateway.
public abstract class CarrierWire {
    protected static final PublicUrl PUBLIC = new PublicUrl(true, "gw.example.org");
    protected static final long PATIENCE = 20;

    protected final Vertx vertx = Vertx.vertx();
    protected final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    protected final StreamMeters streamMeters = StreamMeters.register(registry);
    protected final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    protected final BlockingQueue<LegEvent> events = new LinkedBlockingQueue<>();
    protected final BlockingQueue<AudioFrame> heard = new LinkedBlockingQueue<>();
    protected volatile Consumer<Leg> onArrival = _ -> {};
    // Vert.x closes what clients have open when nobody holds them any more.
    private final HttpClient web = vertx.createHttpClient();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private volatile @Nullable OneLeg arrived;
    private volatile int port;

    /// The carrier that is tried.
    protected abstract MarkupCarrier carrier(MarkupCarrier.Surroundings surroundings)
            throws Exception;

    @BeforeEach
    void listens() throws Exception {
        var loop = new VertxLoop(vertx, ((VertxInternal) vertx).createEventLoopContext());
        MarkupCarrier carrier =
                carrier(
                        new MarkupCarrier.Surroundings(
                                PUBLIC,
                                loop,
                                this::arrived,
                                this::join,
                                WaysBack.NONE,
                                streamMeters,
                                NanoClock.system()));
        Router router = Router.router(vertx);
        carrier.mount(router);
        new StreamEndpoint(
                        List.of(carrier.protocol()),
                        Optional.empty(),
                        streamMeters,
                        NanoClock.system())
                .mount(router);
        port =
                await(
                                vertx.createHttpServer(
                                                new HttpServerOptions()
                                                        .setMaxWebSocketFrameSize(
                                                                StreamEndpoint.LONGEST_MESSAGE)
                                                        .setMaxWebSocketMessageSize(
                                                                StreamEndpoint.LONGEST_MESSAGE))
                                        .requestHandler(router)
                                        .listen(0, "127.0.0.1"))
                        .actualPort();
    }

    @AfterEach
    void stops() throws Exception {
        await(vertx.close());
    }

    private CallConnection join(LegContext context, Leg leg) {
        var one = new OneLeg(context.loop(), leg);
        arrived = one;
        return one;
    }

    private OneLeg one() {
        return Objects.requireNonNull(arrived, "no call arrived");
    }

    protected final Leg leg() {
        return one().leg();
    }

    private void arrived(Arrival arrival) {
        var _ = arrival.connect(Optional.empty());
        leg().listen(events::add);
        leg().media().hear(heard::add);
        onArrival.accept(leg());
        arrivals.add(arrival);
    }

    protected static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }

    protected static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(PATIENCE, TimeUnit.SECONDS), "nothing came");
    }

    /// What a webhook was answered with.
    protected record Answer(int status, String body) {}

    /// Asks as the carrier does, by a form with these headers.
    protected final Answer post(String path, String form, Map<String, String> headers)
            throws Exception {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded");
        headers.forEach(options::putHeader);
        // The body is asked for in the turn of the loop that sends: what comes before somebody asks
        // is lost.
        return await(
                web.request(options)
                        .compose(
                                request ->
                                        request.send(form)
                                                .compose(response -> answer(path, response))));
    }

    private static Future<Answer> answer(String path, HttpClientResponse response) {
        return response.body().map(body -> documented(path, response, body.toString()));
    }

    private static Answer documented(String path, HttpClientResponse response, String body) {
        HttpReference.check(
                "public",
                "POST",
                path.replaceFirst("\\?.*", ""),
                response.statusCode(),
                name -> Optional.ofNullable(response.getHeader(name)),
                body);
        return new Answer(response.statusCode(), body);
    }

    /// A socket at `path`, with these headers.
    protected final WebSocket opens(String path, Map<String, String> headers) throws Exception {
        var options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        headers.forEach(options::putHeader);
        return await(sockets.connect(options));
    }

    /// The same, whose frames the test writes itself.
    protected final PlainSocket plain(String path, Map<String, String> headers) throws Exception {
        return PlainSocket.open(port, path, headers, Duration.ofSeconds(PATIENCE));
    }

    /// How a socket that is opened so is not.
    protected final Exception failure(String path, Map<String, String> headers) {
        try {
            opens(path, headers);
            throw new AssertionError("it was let in");
        } catch (Exception e) {
            return e;
        }
    }

    /// How a socket is closed by the other side.
    protected static CompletableFuture<Integer> closing(WebSocket socket) {
        var closing = new CompletableFuture<Integer>();
        socket.closeHandler(
                _ ->
                        closing.complete(
                                Objects.requireNonNullElse(socket.closeStatusCode(), (short) 0)
                                        .intValue()));
        return closing;
    }

    protected static byte[] filled(int length, byte value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }

    protected final void onLoop(Runnable task) {
        one().loop().execute(task);
    }

    protected final double refused(StreamRefusal reason) {
        return Objects.requireNonNull(streamMeters.refused().get(reason)).count();
    }

    /// The counter of the carrier's area that has this name, of all tags or of one.
    protected final double count(String name, String... tag) {
        double sum = 0;
        for (var counter : registry.get("sandalphone." + name).tags(tag).counters()) {
            sum += counter.count();
        }
        return sum;
    }

    /// Awaits the answer to the caller's leg.
    protected final void answered() throws InterruptedException {
        assertEquals(new LegEvent.Answered(), next(events));
    }

    /// A call of which only the caller's leg is real.
    private record OneLeg(Loop loop, Leg leg) implements CallConnection {
        @Override
        public void listen(ConnectionListener listener) {}

        @Override
        public void dial(Party party, Dial dial) {}

        @Override
        public void answer() {
            leg.answer();
        }

        @Override
        public void echo() {}

        @Override
        public void attachAudio() {}

        @Override
        public LegAudio audio(Party party) {
            throw new IllegalStateException("no audio is attached");
        }

        @Override
        public void release(HangupCause cause) {
            leg.hangUp(cause);
        }

        @Override
        public void returnToDialplan() {
            leg.returnToCarrier();
        }

        @Override
        public void leave() {
            leg.leave();
        }

        @Override
        public void abandon() {
            leg.abandon();
        }
    }
}
