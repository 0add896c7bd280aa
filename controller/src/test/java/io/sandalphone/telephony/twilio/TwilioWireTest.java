package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.HangupCause;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.Router;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Twilio's webhooks and sockets over real connections, on the loops they have in the gateway.
class TwilioWireTest {
    private static final PublicUrl PUBLIC = new PublicUrl(true, "gw.example.org");
    private static final long PATIENCE = 20;

    private final Vertx vertx = Vertx.vertx();
    private final TwilioSignature signature = new TwilioSignature(new Secret("12345"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TwilioMeters meters = TwilioMeters.register(registry);
    private final StreamMeters streamMeters = StreamMeters.register(registry);
    private final ScriptedRest rest = new ScriptedRest();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final BlockingQueue<LegEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<AudioFrame> heard = new LinkedBlockingQueue<>();
    private volatile Consumer<Leg> onArrival = _ -> {};
    private volatile @Nullable Leg arrivedLeg;
    private volatile int port;

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

    private Leg leg() {
        return Objects.requireNonNull(arrivedLeg, "no call arrived");
    }

    private void arrived(Arrival arrival) {
        var _ = arrival.connect(Optional.empty());
        leg().listen(events::add);
        leg().media().hear(heard::add);
        onArrival.accept(leg());
        arrivals.add(arrival);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(PATIENCE, TimeUnit.SECONDS), "nothing came");
    }

    private static FormParameters call() {
        return FormParameters.of(
                "CallSid", TwilioScene.CALL,
                "AccountSid", TwilioScene.ACCOUNT,
                "From", "+525500000001",
                "To", TwilioScene.NUMBER,
                "CallStatus", "ringing",
                "ForwardedFrom", "+525500000002",
                "NobodyKnows", "ñ & =");
    }

    private record Answer(int status, String body) {}

    private Answer post(String path, FormParameters form, String signature) throws Exception {
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

    private Answer post(String path, FormParameters form) throws Exception {
        return post(path, form, signature.sign(PUBLIC.web(path), form));
    }

    private WebSocket opens(String path) throws Exception {
        return opens(path, signature.sign(PUBLIC.socket(path), FormParameters.of()));
    }

    private WebSocket opens(String path, String signature) throws Exception {
        return await(
                vertx.createWebSocketClient()
                        .connect(
                                new WebSocketConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(port)
                                        .setURI(path)
                                        .putHeader("x-twilio-signature", signature)));
    }

    private static String token(String document) {
        Matcher found = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(document);
        assertTrue(found.find(), document);
        return found.group(1);
    }

    private static String connected() {
        return "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
    }

    private static String start(String token, String callSid) {
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

    private static String sound(int millis) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"streamSid\":\"%s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"%d\",\"timestamp\":\"%d\",\"payload\":\"%s\"}}"
                .formatted(
                        TwilioScene.STREAM,
                        millis / 20,
                        millis,
                        Base64.getEncoder().encodeToString(new byte[160]));
    }

    /// How a socket is closed by the other side.
    private static CompletableFuture<Integer> closing(WebSocket socket) {
        var closing = new CompletableFuture<Integer>();
        socket.closeHandler(
                _ ->
                        closing.complete(
                                Objects.requireNonNullElse(socket.closeStatusCode(), (short) 0)
                                        .intValue()));
        return closing;
    }

    private WebSocket streaming() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        WebSocket socket = opens("/media-stream");
        await(socket.writeTextMessage(connected()));
        await(socket.writeTextMessage(start(token, TwilioScene.CALL)));
        assertEquals(new LegEvent.Answered(), next(events));
        return socket;
    }

    @Test
    void a_call_that_arrives_is_handed_up_and_answered_with_its_stream_and_its_room()
            throws Exception {
        Answer answer = post("/twilio/voice", call());

        assertEquals(200, answer.status());
        assertTrue(
                answer.body()
                        .matches(
                                "(?s).*<Response><Connect><Stream"
                                    + " url=\"wss://gw.example.org/media-stream\"><Parameter"
                                    + " name=\"token\""
                                    + " value=\"[\\w-]{27}\"/></Stream></Connect><Dial><Conference"
                                    + " .*>[0-9a-f]{32}</Conference></Dial></Response>.*"),
                answer.body());
        for (String attribute :
                List.of(
                        "beep=\"false\"",
                        "waitUrl=\"\"",
                        "startConferenceOnEnter=\"true\"",
                        "endConferenceOnExit=\"true\"")) {
            assertTrue(answer.body().contains(attribute), answer.body());
        }
        Arrival arrival = next(arrivals);
        assertEquals(TwilioScene.NUMBER, arrival.called());
        assertEquals("+525500000001", arrival.caller().number());
        assertEquals(List.of("+525500000002"), arrival.forwardedBy());
    }

    @Test
    void a_call_that_is_asked_about_twice_is_one_call() throws Exception {
        Answer first = post("/twilio/voice", call());
        Answer second = post("/twilio/voice", call());

        assertEquals(first, second);
        next(arrivals);
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void a_refused_call_is_told_so_as_far_as_twilio_can() throws Exception {
        onArrival = refused -> refused.hangUp(HangupCause.BUSY);
        assertTrue(post("/twilio/voice", call()).body().contains("<Reject reason=\"busy\"/>"));
        assertEquals(new LegEvent.Ended(HangupCause.BUSY), next(events));

        onArrival = refused -> refused.hangUp(HangupCause.UNALLOCATED);
        assertTrue(post("/twilio/voice", call()).body().contains("<Reject/>"));
    }

    @Test
    void a_call_that_is_given_back_goes_to_the_numbers_fallback() throws Exception {
        onArrival = Leg::returnToCarrier;

        assertEquals(503, post("/twilio/voice", call()).status());
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
        assertEquals(1, meters.returned().count());
    }

    @Test
    void what_is_not_signed_by_twilio_is_refused_and_counted() throws Exception {
        String path = "/twilio/voice";
        String genuine = signature.sign(PUBLIC.web(path), call());

        assertEquals(403, post(path, call(), "").status());
        assertEquals(403, post(path, call(), "AAAA" + genuine.substring(4)).status());
        assertEquals(403, post(path, call().with("More", "1"), genuine).status());
        assertEquals(403, post(path + "?x=1", call(), genuine).status());
        assertEquals(1, meters.signatureMissing().count());
        assertEquals(3, meters.signatureWrong().count());
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void another_accounts_call_is_refused_although_it_is_signed() throws Exception {
        var form =
                FormParameters.of("CallSid", TwilioScene.CALL, "AccountSid", "AC" + "9".repeat(32));

        assertEquals(403, post("/twilio/voice", form).status());
        assertEquals(1, meters.accountForeign().count());
    }

    @Test
    void a_webhook_without_a_call_is_malformed() throws Exception {
        assertEquals(
                400,
                post("/twilio/voice", FormParameters.of("AccountSid", TwilioScene.ACCOUNT))
                        .status());
        assertEquals(1, meters.webhookMalformed().count());
    }

    @Test
    void a_body_without_end_is_not_read_to_its_end() throws Exception {
        var form = FormParameters.of("A", "x".repeat(70_000));

        assertEquals(413, post("/twilio/voice", form).status());
    }

    @Test
    void the_caller_is_heard_over_the_stream_in_frames() throws Exception {
        WebSocket socket = streaming();
        socket.writeTextMessage(sound(20));
        socket.writeTextMessage(sound(40));
        socket.writeTextMessage(sound(80).replace("\"chunk\":\"4\"", "\"chunk\":\"3\""));

        assertEquals(0, next(heard).position());
        assertEquals(160, next(heard).position());
        assertEquals(480, next(heard).position());
    }

    @Test
    void the_caller_hears_what_is_sent_and_its_mark_comes_back() throws Exception {
        WebSocket socket = streaming();
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        socket.textMessageHandler(sent::add);
        var played = new CompletableFuture<Void>();
        onLoop(
                () -> {
                    leg().media().send(new AudioFrame(new short[160], 8000, 0));
                    leg().media().whenPlayed(() -> played.complete(null));
                });

        assertEquals(
                "{\"event\":\"media\",\"streamSid\":\"%s\",\"media\":{\"payload\":\"%s\"}}"
                        .formatted(
                                TwilioScene.STREAM,
                                Base64.getEncoder().encodeToString(filled((byte) 0xff))),
                next(sent));
        String mark = next(sent);
        assertEquals(
                "{\"event\":\"mark\",\"streamSid\":\"%s\",\"mark\":{\"name\":\"m1\"}}"
                        .formatted(TwilioScene.STREAM),
                mark);
        socket.writeTextMessage(mark);
        played.get(PATIENCE, TimeUnit.SECONDS);
        onLoop(() -> leg().media().clear());
        assertEquals(
                "{\"event\":\"clear\",\"streamSid\":\"%s\"}".formatted(TwilioScene.STREAM),
                next(sent));
    }

    private static byte[] filled(byte value) {
        var bytes = new byte[160];
        Arrays.fill(bytes, value);
        return bytes;
    }

    private void onLoop(Runnable task) {
        ((TwilioLeg) leg()).loop().execute(task);
    }

    @Test
    void pressed_keys_are_told() throws Exception {
        WebSocket socket = streaming();
        socket.writeTextMessage(
                "{\"event\":\"dtmf\",\"streamSid\":\"%s\",\"sequenceNumber\":\"5\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"5\"}}"
                        .formatted(TwilioScene.STREAM));

        assertEquals(new LegEvent.KeyPressed('5'), next(events));
    }

    @Test
    void a_stream_that_stops_is_a_caller_who_hung_up() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(
                "{\"event\":\"stop\",\"streamSid\":\"%s\",\"stop\":{\"accountSid\":\"%s\",\"callSid\":\"%s\"}}"
                        .formatted(TwilioScene.STREAM, TwilioScene.ACCOUNT, TwilioScene.CALL));

        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
        assertTrue(rest.updated.isEmpty());
        assertFalse(closing.isDone() && closing.get() != 1000);
    }

    @Test
    void a_caller_who_is_hung_up_on_is_ended_by_rest_before_the_socket_closes() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        onLoop(() -> leg().hangUp(HangupCause.NORMAL));

        assertEquals(1000, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(List.of("completed"), rest.statuses());
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
    }

    @Test
    void a_socket_that_breaks_off_is_asked_for_again() throws Exception {
        WebSocket socket = streaming();
        await(socket.close());
        assertInstanceOf(LegEvent.MediaLost.class, next(events));
        while (rest.updated.isEmpty()) {
            Thread.onSpinWait();
        }
        String token = token(rest.updated.getFirst().get("Twiml").orElseThrow());
        WebSocket again = opens("/media-stream");
        await(again.writeTextMessage(connected()));
        await(again.writeTextMessage(start(token, TwilioScene.CALL)));

        assertEquals(new LegEvent.MediaBack(), next(events));
    }

    @Test
    void a_token_opens_one_stream() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        for (int i = 0; i < 2; i++) {
            WebSocket socket = opens("/twilio/stream");
            CompletableFuture<Integer> closing = closing(socket);
            await(socket.writeTextMessage(connected()));
            await(socket.writeTextMessage(start(token, TwilioScene.CALL)));
            if (i == 0) {
                assertEquals(new LegEvent.Answered(), next(events));
            } else {
                assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
            }
        }
        assertEquals(1, refused(StreamRefusal.TOKEN_USED));
    }

    private double refused(StreamRefusal reason) {
        return Objects.requireNonNull(streamMeters.refused().get(reason)).count();
    }

    @Test
    void a_stream_that_was_never_announced_is_closed() throws Exception {
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());
        socket.writeTextMessage(start("guessed", TwilioScene.CALL));

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.TOKEN_UNKNOWN));
    }

    @Test
    void a_token_of_another_call_is_not_taken() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());
        socket.writeTextMessage(start(token, "CA" + "3".repeat(32)));

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.WRONG_CALL));
    }

    @Test
    void a_socket_that_starts_nothing_is_closed() throws Exception {
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.NO_START));
    }

    @Test
    void a_socket_that_is_not_signed_is_not_opened() throws Exception {
        for (String wrong : List.of("", "bm90IHNpZ25lZA==")) {
            var failure = assertInstanceOf(ExecutionException.class, failure(wrong));
            var rejected = assertInstanceOf(UpgradeRejectedException.class, failure.getCause());
            assertEquals(403, rejected.getStatus());
        }
        assertEquals(2, refused(StreamRefusal.UNANNOUNCED));
    }

    private Exception failure(String signature) {
        try {
            opens("/media-stream", signature);
            throw new AssertionError("it was let in");
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void binary_frames_close_the_socket() throws Exception {
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeBinaryMessage(Buffer.buffer(new byte[160]));

        assertEquals(1003, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.BINARY));
    }

    @Test
    void a_frame_of_ten_megabytes_closes_the_socket() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeFrame(WebSocketFrame.textFrame("x".repeat(10 << 20), true));

        closing.get(PATIENCE, TimeUnit.SECONDS);
        assertInstanceOf(LegEvent.MediaLost.class, next(events));
        assertEquals(1, refused(StreamRefusal.TOO_LONG));
    }

    @Test
    void what_is_no_message_is_counted_and_skipped() throws Exception {
        WebSocket socket = streaming();
        for (String odd :
                List.of(
                        "{\"event\":\"media\"",
                        "[]",
                        "",
                        "{\"event\":\"media\",\"media\":{\"payload\":\"%%%\"}}",
                        "{\"event\":\"news\",\"news\":{\"of\":[1,{\"a\":null}]}}",
                        sound(20).replace(TwilioScene.STREAM, "MZother"))) {
            socket.writeTextMessage(odd);
        }
        socket.writeTextMessage(sound(20));

        assertEquals(0, next(heard).position());
        assertEquals(4, streamMeters.malformed().count());
        assertEquals(1, streamMeters.foreign().count());
    }

    @Test
    void reports_of_a_calls_end_reach_its_leg() throws Exception {
        streaming();
        var form = call().with("CallbackSource", "call-progress-events");
        var report =
                FormParameters.of(
                        "CallSid",
                        form.get("CallSid").orElseThrow(),
                        "AccountSid",
                        TwilioScene.ACCOUNT,
                        "CallStatus",
                        "completed");
        assertEquals(204, post("/twilio/status", report).status());

        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
    }

    @Test
    void reports_of_nobodys_call_are_counted() throws Exception {
        var report =
                FormParameters.of(
                        "CallSid",
                        "CA" + "7".repeat(32),
                        "AccountSid",
                        TwilioScene.ACCOUNT,
                        "CallStatus",
                        "completed");

        assertEquals(204, post("/twilio/status?leg=nobody", report).status());
        assertEquals(1, meters.statusUnknown().count());
    }

    @Test
    void who_answered_is_counted() throws Exception {
        for (Map.Entry<String, Integer> word :
                Map.of("machine_end_beep", 1, "human", 2).entrySet()) {
            for (int i = 0; i < word.getValue(); i++) {
                var report =
                        FormParameters.of(
                                "CallSid",
                                TwilioScene.CALL,
                                "AccountSid",
                                TwilioScene.ACCOUNT,
                                "AnsweredBy",
                                word.getKey());
                assertEquals(204, post("/twilio/machine", report).status());
            }
        }
        assertEquals(1, Objects.requireNonNull(meters.answeredBy().get("machine")).count());
        assertEquals(2, Objects.requireNonNull(meters.answeredBy().get("human")).count());
    }
}
