package io.sandalphone.harness.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.carrier.StreamEnd;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.codec.Downsampler;
import io.sandalphone.media.codec.Upsampler;
import io.sandalphone.transport.AudioCodecError;
import io.sandalphone.transport.CallRejectedError;
import io.sandalphone.transport.Did;
import io.sandalphone.transport.DidNotFoundError;
import io.sandalphone.transport.Limits;
import io.sandalphone.transport.Mark;
import io.sandalphone.transport.OnSession;
import io.sandalphone.transport.ProviderConnectionError;
import io.sandalphone.transport.ProviderDetectionError;
import io.sandalphone.transport.SipTransport;
import io.sandalphone.transport.SipTransportError;
import io.sandalphone.transport.SipTransportHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The transport as a program uses it, against the simulation of a carrier: telephones that call, and what goes wrong.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransportContract<C extends SimulatedCarrier> {
    static final String NUMBER = "+12125550100";
    static final String CALLER = "+12125550199";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String HOST = "gw.example.org";
    private static final ToneSpeech VOICE = ToneSpeech.USUAL;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<SipTransport> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<SipTransportError> errors = new LinkedBlockingQueue<>();

    protected C carrier;
    private SipTransportHandler handler;
    private Phone caller;

    /// The simulation.
    protected abstract C simulated(Vertx vertx);

    /// [#NUMBER] at the carrier.
    protected abstract Did did();

    @BeforeEach
    void start() {
        sessions.clear();
        errors.clear();
        carrier = simulated(vertx);
        caller = carrier.phone(CALLER);
    }

    @AfterEach
    void stop() {
        carrier.close();
        if (handler != null) {
            handler.close();
        }
    }

    @AfterAll
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /// The handler serves, and does as `program` does with each call.
    private void serves(OnSession program) {
        serves(program, Limits.USUAL);
    }

    private void serves(OnSession program, Limits limits) {
        handler = handler(program).limits(limits).build();
        reached(handler.listen(0));
    }

    private void reached(int port) {
        carrier.reach().map(HOST, new Reach.Place("127.0.0.1", port, false));
        carrier.number(new IncomingNumber(NUMBER, handler.webhook()));
    }

    private SipTransportHandler.Builder handler(OnSession program) {
        return SipTransportHandler.builder(
                        List.of(did()),
                        (transport, number) -> {
                            sessions.add(transport);
                            program.onSession(transport, number);
                        },
                        "https://" + HOST)
                .onError(errors::add);
    }

    private static void echo(SipTransport transport) {
        transport.receiveAudio().consume(transport::sendAudio).join();
    }

    private SimulatedCall calls() {
        return carrier.call(caller, NUMBER);
    }

    private SipTransport session() throws InterruptedException {
        SipTransport session = sessions.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no session; there was " + carrier.journal().all());
        }
        return session;
    }

    private SipTransportError error() throws InterruptedException {
        SipTransportError error = errors.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (error == null) {
            throw new AssertionError("no error; there was " + carrier.journal().all());
        }
        return error;
    }

    private void ends(SimulatedCall call, CallStatus status) {
        Poll.until(
                PATIENCE,
                () -> call.status() == status,
                () -> status + "; there was " + carrier.journal().all());
    }

    private static List<HeardTone> heard(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).heard();
    }

    private static List<ToneWord> words(Phone phone) {
        return heard(phone).stream().map(HeardTone::word).toList();
    }

    /// Whether they are heard in this order. A machine that is busy plays with gaps, which part a word and sound like others.
    private static boolean inOrder(Phone phone, ToneWord... words) {
        int found = 0;
        for (ToneWord each : words(phone)) {
            found += found < words.length && each == words[found] ? 1 : 0;
        }
        return found == words.length;
    }

    private void hears(Phone phone, ToneWord... words) {
        Poll.until(
                PATIENCE,
                () -> inOrder(phone, words),
                () -> List.of(words) + "; heard was " + words(phone) + carrier.journal().all());
    }

    /// Sound of telephones as the transport takes it.
    private static byte[] wide(short[] pcm) {
        short[] wide = Upsampler.narrowBand().resample(pcm);
        var bytes = new byte[2 * wide.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(wide);
        return bytes;
    }

    private static byte[] sung(ToneWord... words) {
        return wide(VOICE.render(words));
    }

    private static Mark await(CompletableFuture<Mark> mark) throws Exception {
        return mark.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void what_a_caller_says_comes_in_order_once_and_as_loud_and_back() throws Exception {
        var said = new ByteArrayOutputStream();
        serves(
                (transport, _) ->
                        transport
                                .receiveAudio()
                                .consume(
                                        pcm -> {
                                            said.writeBytes(pcm);
                                            transport.sendAudio(pcm);
                                        })
                                .join());
        SimulatedCall call = calls();
        SipTransport session = session();
        Poll.until(PATIENCE, session::isConnected, "a connection");
        List<ToneWord> words =
                List.of(ToneWord.W1, ToneWord.V2, ToneWord.W3, ToneWord.V4, ToneWord.W8);
        caller.say(VOICE.render(words));
        hears(caller, words.toArray(ToneWord[]::new));
        caller.hangUp();
        ends(call, CallStatus.COMPLETED);

        List<HeardTone> came = ToneDetector.listen(narrow(said.toByteArray())).heard();
        assertEquals(words, came.stream().map(HeardTone::word).toList());
        // The last one may not have been said to its end.
        for (HeardTone each : came.subList(0, 4)) {
            assertEquals(VOICE.level(), each.level(), 1, each::toString);
            double back =
                    heard(caller).stream()
                            .filter(tone -> tone.word() == each.word())
                            .mapToDouble(HeardTone::level)
                            .max()
                            .orElseThrow();
            // Gaps make it softer.
            assertTrue(back < VOICE.level() + 1 && back > VOICE.level() - 5, each + ": " + back);
        }
        assertEquals(0, session.framesDropped());
        assertEquals(0, call.streams().getFirst().invalid());
        assertEquals(List.of(), carrier.journal().problems());
        assertEquals(List.of(), List.copyOf(errors));
    }

    private static short[] narrow(byte[] bytes) {
        var wide = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(wide);
        return new Downsampler().resample(wide);
    }

    @Test
    void every_frame_that_comes_is_told_once_and_the_end_when_the_caller_hangs_up()
            throws Exception {
        var bytes = new AtomicLong();
        var ended = new CompletableFuture<Void>();
        serves(
                (transport, _) -> {
                    transport.receiveAudio().consume(pcm -> bytes.addAndGet(pcm.length)).join();
                    ended.complete(null);
                });
        SimulatedCall call = calls();
        SipTransport session = session();
        Poll.until(PATIENCE, () -> bytes.get() >= 50 * 640, "a second of sound");
        caller.hangUp();
        ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        long sent = call.streams().getFirst().mediaSent();
        long told = bytes.get() / 640;
        assertEquals(0, bytes.get() % 640);
        // What comes before the sound is attached is left out.
        assertTrue(told <= sent, told + " of " + sent);
        assertFalse(session.isConnected());
    }

    @Test
    void a_session_says_who_calls_whom_over_which_carrier() throws Exception {
        serves((transport, number) -> assertEquals(NUMBER, number.number()));
        calls();

        assertEquals(
                Map.of(
                        SipTransport.PROVIDER,
                        did().provider().word(),
                        SipTransport.CALLER_ID,
                        CALLER,
                        SipTransport.DID,
                        NUMBER),
                session().metadata());
    }

    @Test
    void what_is_sent_before_the_call_is_answered_is_said_at_once() throws Exception {
        serves((transport, _) -> transport.sendAudio(sung(ToneWord.W5, ToneWord.W6)));
        calls();

        hears(caller, ToneWord.W5, ToneWord.W6);
    }

    @Test
    void a_mark_is_told_when_the_caller_has_heard_what_was_sent_before_it() throws Exception {
        var mark = new CompletableFuture<Mark>();
        serves(
                (transport, _) -> {
                    transport.sendAudio(sung(ToneWord.W1, ToneWord.W2));
                    mark.complete(transport.sendMark("greeted").toCompletableFuture().join());
                });
        calls();
        Mark told = await(mark);

        assertEquals(new Mark("greeted", true), told);
        assertTrue(inOrder(caller, ToneWord.W1, ToneWord.W2), () -> "heard was " + words(caller));
    }

    @Test
    void what_is_cleared_is_not_heard_and_its_mark_is_not_played() throws Exception {
        serves((_, _) -> {});
        SimulatedCall call = calls();
        SipTransport session = session();
        for (int i = 0; i < 10; i++) {
            session.sendAudio(sung(ToneWord.W1));
        }
        CompletableFuture<Mark> mark = session.sendMark("ten").toCompletableFuture();
        Poll.until(PATIENCE, () -> words(caller).contains(ToneWord.W1), "the first word");
        session.clearAudio();
        session.sendAudio(sung(ToneWord.W8));

        assertEquals(new Mark("ten", false), await(mark));
        Poll.until(PATIENCE, () -> words(caller).contains(ToneWord.W8), "the word behind");
        assertTrue(words(caller).size() < 8, words(caller)::toString);
        assertEquals(ToneWord.W8, words(caller).getLast());
        assertEquals(1, call.streams().getFirst().clears());
    }

    @Test
    void a_program_hangs_up() throws Exception {
        serves(
                (transport, _) -> {
                    transport.sendAudio(sung(ToneWord.W7));
                    transport.sendMark("goodbye").toCompletableFuture().join();
                    transport.close();
                });
        SimulatedCall call = calls();
        ends(call, CallStatus.COMPLETED);

        assertTrue(inOrder(caller, ToneWord.W7), () -> "heard was " + words(caller));
        assertEquals(StreamEnd.CLOSED, call.streams().getFirst().end());
        SipTransport session = session();
        assertFalse(session.isConnected());
        assertFalse(session.sendAudio(sung(ToneWord.W1)), "taken by a call that is over");
        assertFalse(await(session.sendMark("late").toCompletableFuture()).played());
        assertEquals(List.of(), carrier.journal().problems());
    }

    @ParameterizedTest
    @EnumSource(CallRejectedError.Reason.class)
    void a_call_that_the_program_rejects_is_never_answered(CallRejectedError.Reason reason) {
        serves(
                (_, _) -> {
                    throw new CallRejectedError("not today", reason);
                });
        SimulatedCall call = calls();
        ends(
                call,
                switch (reason) {
                    case REJECTED -> CallStatus.FAILED;
                    case BUSY -> CallStatus.BUSY;
                });

        assertEquals(List.of(), call.streams());
        assertEquals(List.of(), caller.recordings());
    }

    @Test
    void a_call_about_which_nothing_is_decided_is_refused_as_busy() throws Exception {
        var never = new CountDownLatch(1);
        serves(
                (_, _) -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                new Limits(10, Duration.ofMillis(300), PATIENCE, PATIENCE));
        SimulatedCall call = calls();
        ends(call, CallStatus.BUSY);
        never.countDown();

        assertEquals(List.of(), call.streams());
    }

    @Test
    void a_call_whose_session_throws_goes_to_the_numbers_fallback() {
        serves(
                (_, _) -> {
                    throw new IllegalStateException("a fault of the program's");
                });
        carrier.number(
                new IncomingNumber(NUMBER, handler.webhook())
                        .withFallbackDocument("<Response><Pause length=\"1\"/></Response>"));
        SimulatedCall call = calls();
        ends(call, CallStatus.COMPLETED);

        assertEquals(1, caller.recordings().size(), "answered by the fallback");
    }

    @Test
    void a_call_for_a_number_that_the_handler_was_not_given_is_refused_and_told() throws Exception {
        serves((transport, _) -> echo(transport));
        carrier.number(new IncomingNumber("+12125550177", handler.webhook()));
        SimulatedCall call = carrier.call(caller, "+12125550177");
        ends(call, CallStatus.FAILED);

        SipTransportError told = assertInstanceOf(DidNotFoundError.class, error());
        assertFalse(String.valueOf(told.getMessage()).contains("5550177"), told::getMessage);
        assertTrue(sessions.isEmpty());
    }

    @Test
    void a_webhook_with_a_wrong_signature_begins_nothing() {
        serves((transport, _) -> echo(transport));
        carrier.faults().set(CarrierFault.WRONG_SIGNATURE);
        SimulatedCall call = calls();
        ends(call, CallStatus.FAILED);

        assertTrue(sessions.isEmpty());
    }

    @Test
    void a_webhook_without_a_signature_is_of_no_carrier() throws Exception {
        serves((transport, _) -> echo(transport));
        carrier.faults().set(CarrierFault.NO_SIGNATURE);
        SimulatedCall call = calls();
        ends(call, CallStatus.FAILED);

        assertInstanceOf(ProviderDetectionError.class, error());
        assertTrue(sessions.isEmpty());
    }

    @Test
    void the_word_that_opens_a_stream_is_of_use_once() throws Exception {
        carrier.faults().set(CarrierFault.REPLAYED_TOKEN);
        serves((transport, _) -> echo(transport));
        calls();
        Poll.until(PATIENCE, session()::isConnected, "a connection");
        caller.say(VOICE.render(ToneWord.W2));

        hears(caller, ToneWord.W2);
    }

    @Test
    void a_connection_that_breaks_off_ends_the_call_with_an_error() throws Exception {
        var ended = new CompletableFuture<Void>();
        serves(
                (transport, _) -> {
                    try {
                        echo(transport);
                    } catch (CompletionException lost) {
                        ended.completeExceptionally(lost);
                    }
                });
        SimulatedCall call = calls();
        SipTransport session = session();
        Poll.until(PATIENCE, session::isConnected, "a connection");
        call.dropSocket();
        ends(call, CallStatus.COMPLETED);

        var failure =
                assertThrows(
                        ExecutionException.class,
                        () -> ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertInstanceOf(ProviderConnectionError.class, failure.getCause());
        assertFalse(session.isConnected());
    }

    @Test
    void sound_in_a_coding_that_nobody_knows_ends_the_call_with_an_error() throws Exception {
        var ended = new CompletableFuture<Throwable>();
        serves(
                (transport, _) -> {
                    var _ =
                            transport
                                    .receiveAudio()
                                    .consume(_ -> {})
                                    .whenComplete((_, why) -> ended.complete(why));
                });
        carrier.streamsBy(new ForeignCoding(vertx));
        calls();

        assertInstanceOf(AudioCodecError.class, ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void a_subscriber_that_asks_for_nothing_costs_old_sound_and_no_memory() throws Exception {
        var subscription = new CompletableFuture<Flow.Subscription>();
        var heard = new LinkedBlockingQueue<byte[]>();
        serves(
                (transport, _) ->
                        transport.receiveAudio().subscribe(collector(subscription, heard)),
                new Limits(10, PATIENCE.dividedBy(10), Duration.ofMillis(200), PATIENCE));
        calls();
        SipTransport session = session();
        Poll.until(PATIENCE, () -> session.framesDropped() > 25, "dropped frames");
        assertTrue(heard.isEmpty());
        subscription.get().request(3);
        Poll.until(PATIENCE, () -> heard.size() == 3, () -> "60 ms; " + heard.size());
        long dropped = session.framesDropped();
        Poll.until(PATIENCE, () -> session.framesDropped() > dropped, "dropped again");

        assertEquals(3, heard.size());
    }

    private static Flow.Subscriber<byte[]> collector(
            CompletableFuture<Flow.Subscription> subscription, BlockingQueue<byte[]> heard) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.complete(given);
            }

            @Override
            public void onNext(byte[] pcm) {
                heard.add(pcm);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        };
    }

    @Test
    void a_program_that_blocks_in_one_call_keeps_nothing_from_another() throws Exception {
        var release = new CountDownLatch(1);
        serves(
                (transport, _) -> {
                    if (CALLER.equals(transport.metadata().get(SipTransport.CALLER_ID))) {
                        var _ =
                                transport
                                        .receiveAudio()
                                        .consume(
                                                _ -> {
                                                    try {
                                                        release.await();
                                                    } catch (InterruptedException e) {
                                                        Thread.currentThread().interrupt();
                                                    }
                                                });
                        echo(transport);
                    } else {
                        echo(transport);
                    }
                });
        calls();
        session();
        Phone other = carrier.phone("+12125550188");
        carrier.call(other, NUMBER);
        Poll.until(PATIENCE, session()::isConnected, "the second call");
        other.say(VOICE.render(ToneWord.W4, ToneWord.W6));

        hears(other, ToneWord.W4, ToneWord.W6);
        release.countDown();
    }

    @Test
    void who_calls_beyond_the_limit_is_told_that_the_line_is_busy() throws Exception {
        serves(
                (transport, _) -> echo(transport),
                new Limits(1, Duration.ofSeconds(10), PATIENCE, PATIENCE));
        SimulatedCall first = calls();
        Poll.until(PATIENCE, session()::isConnected, "a connection");
        SimulatedCall second = carrier.call(carrier.phone("+12125550188"), NUMBER);
        ends(second, CallStatus.BUSY);
        caller.hangUp();
        ends(first, CallStatus.COMPLETED);

        Poll.until(
                PATIENCE,
                () -> {
                    SimulatedCall third = carrier.call(carrier.phone("+12125550188"), NUMBER);
                    Poll.until(
                            PATIENCE,
                            () -> third.status() == CallStatus.BUSY || !third.streams().isEmpty(),
                            "an answer");
                    return !third.streams().isEmpty();
                },
                "room for another");
    }

    @Test
    void what_is_no_whole_number_of_samples_or_too_much_is_not_taken() throws Exception {
        serves(
                (_, _) -> {},
                new Limits(10, Duration.ofSeconds(10), PATIENCE, Duration.ofSeconds(1)));
        calls();
        SipTransport session = session();

        assertThrows(AudioCodecError.class, () -> session.sendAudio(new byte[3]));
        assertFalse(session.sendAudio(new byte[32_002]));
        assertTrue(session.sendAudio(new byte[32_000]));
    }

    @Test
    void a_handler_is_served_by_a_router_of_the_programs() throws Exception {
        handler = handler((transport, _) -> echo(transport)).vertx(vertx).build();
        Router router = Router.router(vertx);
        router.get("/own").handler(context -> context.end("own"));
        handler.mount(router);
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        reached(server.actualPort());
        calls();
        Poll.until(PATIENCE, session()::isConnected, "a connection");
        caller.say(VOICE.render(ToneWord.W3));

        hears(caller, ToneWord.W3);
    }

    @Test
    void the_carriers_own_address_serves_too_and_needs_a_signature() throws Exception {
        serves((transport, _) -> echo(transport));
        String own = "https://" + HOST + "/" + did().provider().word() + "/voice";
        carrier.number(new IncomingNumber(NUMBER, own));
        carrier.faults().strike(CarrierFault.WRONG_SIGNATURE, 1);
        ends(calls(), CallStatus.FAILED);
        assertTrue(sessions.isEmpty());
        carrier.faults().clear();
        calls();
        Poll.until(PATIENCE, session()::isConnected, "a connection");
        caller.say(VOICE.render(ToneWord.W5));

        hears(caller, ToneWord.W5);
    }

    @Test
    void a_handler_that_closes_hangs_up_its_calls() throws Exception {
        serves((transport, _) -> echo(transport));
        SimulatedCall call = calls();
        Poll.until(PATIENCE, session()::isConnected, "a connection");
        handler.close();

        ends(call, CallStatus.COMPLETED);
    }
}
