package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Twilio's webhooks and sockets over real connections, on the loops they have in the gateway.
abstract class TwilioWire {
    static final PublicUrl PUBLIC = new PublicUrl(true, "gw.example.org");
    static final long PATIENCE = 20;

    final Vertx vertx = Vertx.vertx();
    final TwilioSignature signature = new TwilioSignature(new Secret("12345"));
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final TwilioMeters meters = TwilioMeters.register(registry);
    final StreamMeters streamMeters = StreamMeters.register(registry);
    final ScriptedRest rest = new ScriptedRest();
    final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    final BlockingQueue<LegEvent> events = new LinkedBlockingQueue<>();
    final BlockingQueue<AudioFrame> heard = new LinkedBlockingQueue<>();
    volatile Consumer<Leg> onArrival = _ -> {};
    volatile @Nullable Leg arrivedLeg;
    volatile int port;

    @BeforeEach
    void listens() throws Exception {
        var loop = new VertxLoop(vertx, ((VertxInternal) vertx).createEventLoopContext());
        var carrier =
                new TwilioCarrier(
                        TwilioScene.settings(URI.create("http://127.0.0.1:1")),
                        PUBLIC,
                        true,
                        List.of(loop),
                        this::arrived,
                        (context, arrived) -> {
                            arrivedLeg = arrived;
                            return new TwilioScene.OneLeg(context.loop(), arrived);
                        },
                        meters,
                        streamMeters,
                        rest,
                        NanoClock.system());
        Router router = Router.router(vertx);
        carrier.mount(router);
        new StreamEndpoint(List.of(carrier.protocol()), Optional.empty(), streamMeters)
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

    Leg leg() {
        return Objects.requireNonNull(arrivedLeg, "no call arrived");
    }

    void arrived(Arrival arrival) {
        var _ = arrival.connect(Optional.empty());
        leg().listen(events::add);
        leg().media().hear(heard::add);
        onArrival.accept(leg());
        arrivals.add(arrival);
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(PATIENCE, TimeUnit.SECONDS), "nothing came");
    }

    static FormParameters call() {
        return FormParameters.of(
                "CallSid", TwilioScene.CALL,
                "AccountSid", TwilioScene.ACCOUNT,
                "From", "+525500000001",
                "To", TwilioScene.NUMBER,
                "CallStatus", "ringing",
                "ForwardedFrom", "+525500000002",
                "NobodyKnows", "ñ & =");
    }

    record Answer(int status, String body) {}

    Answer post(String path, FormParameters form, String signature) throws Exception {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded");
        if (!signature.isEmpty()) {
            options.putHeader("X-Twilio-Signature", signature);
        }
        return await(
                vertx.createHttpClient()
                        .request(options)
                        .compose(request -> request.send(form.encoded()))
                        .compose(
                                (HttpClientResponse response) ->
                                        response.body()
                                                .map(
                                                        body ->
                                                                new Answer(
                                                                        response.statusCode(),
                                                                        body.toString()))));
    }

    Answer post(String path, FormParameters form) throws Exception {
        return post(path, form, signature.sign(PUBLIC.web(path), form));
    }

    WebSocket opens(String path) throws Exception {
        return opens(path, signature.sign(PUBLIC.socket(path), FormParameters.of()));
    }

    WebSocket opens(String path, String signature) throws Exception {
        return await(
                vertx.createWebSocketClient()
                        .connect(
                                new WebSocketConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(port)
                                        .setURI(path)
                                        .putHeader("x-twilio-signature", signature)));
    }

    static String token(String document) {
        Matcher found = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(document);
        assertTrue(found.find(), document);
        return found.group(1);
    }

    static String connected() {
        return "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
    }

    static String start(String token, String callSid) {
        return """
        {"event":"start","sequenceNumber":"1","streamSid":"%s","start":{"accountSid":"%s","callSid":"%s",
        "streamSid":"%s","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,
        "channels":1},"customParameters":{"token":"%s"}}}\
        """
                .formatted(
                        TwilioScene.STREAM,
                        TwilioScene.ACCOUNT,
                        callSid,
                        TwilioScene.STREAM,
                        token);
    }

    static String sound(int millis) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"streamSid\":\"%s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"%d\",\"timestamp\":\"%d\",\"payload\":\"%s\"}}"
                .formatted(
                        TwilioScene.STREAM,
                        millis / 20,
                        millis,
                        Base64.getEncoder().encodeToString(new byte[160]));
    }

    /// How a socket is closed by the other side.
    static CompletableFuture<Integer> closing(WebSocket socket) {
        var closing = new CompletableFuture<Integer>();
        socket.closeHandler(
                _ ->
                        closing.complete(
                                Objects.requireNonNullElse(socket.closeStatusCode(), (short) 0)
                                        .intValue()));
        return closing;
    }

    WebSocket streaming() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        WebSocket socket = opens("/media-stream");
        await(socket.writeTextMessage(connected()));
        await(socket.writeTextMessage(start(token, TwilioScene.CALL)));
        assertEquals(new LegEvent.Answered(), next(events));
        return socket;
    }

    static byte[] filled(byte value) {
        var bytes = new byte[160];
        Arrays.fill(bytes, value);
        return bytes;
    }

    void onLoop(Runnable task) {
        ((TwilioLeg) leg()).loop().execute(task);
    }

    double refused(StreamRefusal reason) {
        return Objects.requireNonNull(streamMeters.refused().get(reason)).count();
    }

    Exception failure(String signature) {
        try {
            opens("/media-stream", signature);
            throw new AssertionError("it was let in");
        } catch (Exception e) {
            return e;
        }
    }
}
