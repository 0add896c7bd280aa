package io.sandalphone.harness.fakes.polly;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.ServedFake;
import io.sandalphone.harness.fakes.Wire;
import io.sandalphone.media.codec.G711;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Amazon Polly on loopback: `POST /v1/speech` and `GET /v1/voices`, signatures really verified, what
/// Polly would refuse refused by the same names, and no more let through than Polly lets an account
/// do. It speaks telephone sound, `mulaw` and `pcm` at 8 kHz.
///
/// Faults strike requests that come: those shown by a status at once, SLOW before the first audio, CUT
/// and STALL in place of an answer, HALF_CLOSE after the first piece of it, GARBAGE as JSON where mu-law
/// was asked for and as an odd number of random bytes where PCM was. Under INCOMPLETE
/// nothing but the sound is as it should be. CUT, STALL and HALF_CLOSE strike answers under way too.
///
/// Traced are each `order`, by its text, when it is there whole, and each piece of its `audio`, with the bytes up to its end.
public final class PollyFake extends ServedFake {
    /// How much later than it should the first audio comes under SLOW.
    private static final Duration SLOWNESS = Duration.ofSeconds(4);

    private static final byte[] NOISE = {17, -93, 4, 88, -1, 0, 61, -128, 7, 99, 23};

    private final PollyTimetable timetable;
    private final PollyAccount account;
    private final SpeechGenerator generator;
    private final SignatureCheck signature;
    private final FakeServer server;

    // What follows belongs to the server's loop.
    private final Map<String, RateLimit> limits = RateLimit.published(System.nanoTime());
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Set<SpeechAnswer> underWay = new HashSet<>();
    private int requests;
    private int examinations;
    private int characters;
    private int maxConcurrent;
    private int completed;
    private int cutByFault;
    private int cutByClient;

    private PollyFake(
            Vertx vertx,
            FakeOptions options,
            PollyTimetable timetable,
            PollyAccount account,
            SpeechGenerator generator) {
        super(
                Fault.UNAUTHORIZED,
                Fault.FORBIDDEN,
                Fault.THROTTLED,
                Fault.RATE_LIMITED,
                Fault.SERVER_ERROR,
                Fault.SLOW,
                Fault.STALL,
                Fault.HALF_CLOSE,
                Fault.CUT,
                Fault.GARBAGE,
                Fault.INCOMPLETE);
        this.timetable = timetable;
        this.account = account;
        this.generator = generator;
        signature = new SignatureCheck(account);
        server = FakeServer.listen(vertx, options, this::received);
    }

    /// Starts one for the [usual account][PollyAccount#USUAL]. Not to be called on an event loop.
    public static PollyFake start(
            Vertx vertx, FakeOptions options, PollyTimetable timetable, SpeechGenerator generator) {
        return new PollyFake(vertx, options, timetable, PollyAccount.USUAL, generator);
    }

    /// Who may ask it.
    public PollyAccount account() {
        return account;
    }

    @Override
    protected FakeServer server() {
        return server;
    }

    @Override
    protected void strike(Fault fault) {
        Set.copyOf(underWay).forEach(answer -> answer.faultInjected(fault));
    }

    public PollyJournal journal() {
        return server.onLoop(
                () -> {
                    Map<String, Integer> busiest = new LinkedHashMap<>();
                    limits.forEach((engine, limit) -> busiest.put(engine, limit.busiestSecond()));
                    return new PollyJournal(
                            requests,
                            examinations,
                            refused,
                            characters,
                            busiest,
                            maxConcurrent,
                            completed,
                            cutByFault,
                            cutByClient,
                            underWay.size());
                });
    }

    private void received(HttpServerRequest request) {
        request.body().onSuccess(body -> received(request, body));
    }

    private void received(HttpServerRequest request, Buffer body) {
        long arrived = System.nanoTime();
        boolean speech =
                request.method().equals(HttpMethod.POST) && request.path().equals("/v1/speech");
        boolean voices =
                request.method().equals(HttpMethod.GET) && request.path().equals("/v1/voices");
        requests += speech ? 1 : 0;
        examinations += voices ? 1 : 0;
        try {
            signature.check(request, body, Instant.now());
            refuseByFault();
            if (activeFault.is(Fault.CUT)) {
                cutByFault++;
                Wire.cut(request.connection());
            } else if (activeFault.is(Fault.STALL)) {
                cutByFault++;
            } else if (voices) {
                tellVoices(request);
            } else if (speech) {
                speak(request, SpeechRequest.read(body), arrived);
            } else {
                throw new Refusal(404, "UnknownOperationException", "no such operation");
            }
        } catch (Refusal refusal) {
            refuse(request.response(), refusal);
        }
    }

    private void refuseByFault() throws Refusal {
        switch (activeFault.current()) {
            case UNAUTHORIZED ->
                    throw new Refusal(
                            403,
                            "UnrecognizedClientException",
                            "The security token included in the request is invalid.");
            case FORBIDDEN ->
                    throw new Refusal(
                            403,
                            "AccessDeniedException",
                            "User is not authorized to perform: polly:SynthesizeSpeech");
            case THROTTLED -> throw throttled();
            case RATE_LIMITED -> throw new Refusal(429, "TooManyRequestsException", "Slow down");
            case SERVER_ERROR ->
                    throw new Refusal(500, "ServiceFailureException", "An unknown condition");
            case null, default -> {}
        }
    }

    private static Refusal throttled() {
        return new Refusal(400, "ThrottlingException", "Rate exceeded");
    }

    private void refuse(HttpServerResponse response, Refusal refusal) {
        refused.merge(refusal.type(), 1, Integer::sum);
        identified(response)
                .setStatusCode(refusal.status())
                .putHeader("x-amzn-ErrorType", refusal.type())
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("message", refusal.message()).encode());
    }

    private static HttpServerResponse identified(HttpServerResponse response) {
        return response.putHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    }

    private void tellVoices(HttpServerRequest request) {
        String engine = Optional.ofNullable(request.getParam("Engine")).orElse("");
        String language = Optional.ofNullable(request.getParam("LanguageCode")).orElse("");
        boolean additional =
                Boolean.parseBoolean(request.getParam("IncludeAdditionalLanguageCodes"));
        var voices = new JsonArray();
        FakeVoice.all().stream()
                .filter(voice -> engine.isEmpty() || voice.engines().contains(engine))
                .filter(voice -> language.isEmpty() || voice.language().equals(language))
                .forEach(voice -> voices.add(voice.json(additional)));
        String body =
                activeFault.is(Fault.GARBAGE)
                        ? "{\"Voices\":[{"
                        : new JsonObject().put("Voices", voices).putNull("NextToken").encode();
        identified(request.response()).putHeader("Content-Type", "application/json").end(body);
    }

    private void speak(HttpServerRequest request, SpeechRequest order, long arrived)
            throws Refusal {
        RateLimit limit = Objects.requireNonNull(limits.get(order.engine()));
        if (!limit.take(System.nanoTime()) && timetable.limited()) {
            throw throttled();
        }
        identified(request.response());
        if (activeFault.is(Fault.GARBAGE)) {
            sendGarbage(request.response(), order);
            return;
        }
        server.note("order", order.text(), 0, arrived);
        characters += order.billed();
        var answer = answer(request, limit);
        long asked = System.nanoTime();
        Duration firstByte =
                activeFault.is(Fault.SLOW)
                        ? timetable.firstByte().plus(SLOWNESS)
                        : timetable.firstByte();
        Thread.startVirtualThread(
                () -> {
                    try {
                        Buffer audio = audio(order);
                        Duration left = firstByte.minusNanos(System.nanoTime() - asked);
                        server.after(
                                left.isPositive() ? left : Duration.ZERO,
                                () -> begin(answer, order, audio));
                    } catch (SpeechException | InterruptedException e) {
                        server.after(
                                Duration.ZERO,
                                () -> answer.refuse(response -> refuse(response, mute())));
                    }
                });
    }

    /// What stands behind the fake cannot say this text.
    private static Refusal mute() {
        return new Refusal(500, "ServiceFailureException", "cannot say that");
    }

    private SpeechAnswer answer(HttpServerRequest request, RateLimit limit) {
        var answer =
                new SpeechAnswer(server, timetable, request, (own, end) -> ended(own, end, limit));
        limit.begun();
        underWay.add(answer);
        maxConcurrent = Math.max(maxConcurrent, underWay.size());
        return answer;
    }

    private void ended(SpeechAnswer answer, SpeechAnswer.End end, RateLimit limit) {
        underWay.remove(answer);
        limit.over();
        switch (end) {
            case COMPLETED -> completed++;
            case CUT_BY_FAULT -> cutByFault++;
            case CUT_BY_CLIENT -> cutByClient++;
        }
    }

    private void begin(SpeechAnswer answer, SpeechRequest order, Buffer audio) {
        answer.begin(order, audio, activeFault.is(Fault.INCOMPLETE));
        if (activeFault.is(Fault.HALF_CLOSE)) {
            answer.faultInjected(Fault.HALF_CLOSE);
        }
    }

    private void sendGarbage(HttpServerResponse response, SpeechRequest order) {
        if (order.format().equals("pcm")) {
            response.putHeader("Content-Type", order.contentType()).end(Buffer.buffer(NOISE));
        } else {
            response.putHeader("Content-Type", "application/json").end("{\"audio\":[]}");
        }
        completed++;
    }

    private Buffer audio(SpeechRequest order) throws SpeechException, InterruptedException {
        short[] pcm = generator.say(order.text(), new Language(order.voice().language()));
        var audio = Buffer.buffer(pcm.length * 2);
        for (short sample : pcm) {
            if (order.format().equals("pcm")) {
                audio.appendShortLE(sample);
            } else {
                audio.appendByte(G711.MU_LAW.encode(sample));
            }
        }
        return audio;
    }
}
