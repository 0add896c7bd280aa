package io.sandalphone.telephony.http;

import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegJoiner;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.http.HttpLeg.Decision;
import io.sandalphone.telephony.http.HttpLeg.Fetched;
import io.sandalphone.time.Loop;
import io.sandalphone.web.Answers;
import io.sandalphone.web.RequestBody;
import io.sandalphone.web.TokenCheck;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Calls of a telephone system that has no ARI and no media streams: it announces a caller, brings what
/// they say and fetches what they are to hear. Every request shows a token (`Authorization: Bearer …`).
///
/// | request | answer |
/// |---|---|
/// | `POST /asterisk/inbound` `{"from", "to", "format": "ulaw" or "slin16"}` | 201 `{"callId"}`; 404 no route; 403 refused; 503 with `Retry-After` |
/// | `POST /asterisk/media?callId=&seq=`, 20 ms to 1 s as `audio/basic` or `audio/L16;rate=16000` | 204; 409 `seq` is not greater than the one before; 410 ended; 413 too long; 415 another type; 429 with `Retry-After`: 2 s wait already |
/// | `GET /asterisk/egress/next?callId=&wait=` (milliseconds, at most 1000) | 200 with 20 to 200 ms; 204 nothing yet; 410 ended |
/// | `POST /asterisk/end` `{"callId", "cause"}` | 200, as often as it is asked |
///
/// 400: something is missing or malformed; 401: the token; 404: no such call, or it ended long ago. Runs on
/// the server's loop; what concerns a call is done on the call's.
public final class HttpLegServer {
    /// What stands for a carrier, of calls that come so.
    public static final String CARRIER = "http";

    private static final Logger log = LoggerFactory.getLogger(HttpLegServer.class);

    private static final int SHORTEST_MILLIS = 20;
    private static final int LONGEST_MILLIS = 1000;
    private static final int LONGEST_BODY = SoundFormat.SLIN16.bytes(LONGEST_MILLIS);
    private static final int LONGEST_WAIT = 1000;
    private static final int DEFAULT_WAIT = 200;
    // When a telephone system may try again.
    private static final String RETRY_SECONDS = "5";
    // How long a call that has ended is known to have ended.
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final TokenCheck operators;
    private final Loop loop;
    private final Arrivals arrivals;
    private final LegJoiner joiner;
    private final HttpLegMeters meters;
    private final Map<String, HttpLeg> legs = new ConcurrentHashMap<>();
    private final SecureRandom chance = new SecureRandom();

    /// Calls are given to `loop`.
    public HttpLegServer(
            TokenCheck operators,
            Loop loop,
            Arrivals arrivals,
            LegJoiner joiner,
            HttpLegMeters meters) {
        this.operators = operators;
        this.loop = loop;
        this.arrivals = arrivals;
        this.joiner = joiner;
        this.meters = meters;
    }

    /// Adds our paths.
    public void mount(Router router) {
        post(router, "/asterisk/inbound", this::inbound);
        post(router, "/asterisk/media", this::media);
        post(router, "/asterisk/end", this::end);
        router.get("/asterisk/egress/next")
                .handler(operators)
                .handler(context -> guarded(context, this::fetch));
    }

    private void post(Router router, String path, Handling handling) {
        router.post(path).handler(operators);
        router.post(path)
                .handler(new RequestBody(LONGEST_BODY, meters.rejected()::increment))
                .handler(context -> guarded(context, handling));
    }

    @FunctionalInterface
    private interface Handling {
        void handle(RoutingContext context) throws Refusal;
    }

    private void guarded(RoutingContext context, Handling handling) {
        try {
            handling.handle(context);
        } catch (Refusal refusal) {
            Answers.fail(context, refusal.status(), refusal.sentence());
        }
    }

    private void inbound(RoutingContext context) throws Refusal {
        JsonObject body = Requests.json(context);
        String to = Requests.text(body, "to").orElse("");
        if (to.isEmpty()) {
            throw new Refusal(400, "to is the number that was called");
        }
        SoundFormat format =
                SoundFormat.named(Requests.text(body, "format").orElse(""))
                        .orElseThrow(() -> new Refusal(400, "format is ulaw or slin16"));
        CallerId caller = CallerId.received(Requests.text(body, "from").orElse(""), "");
        var call = new LegContext(CallIds.next(), Party.CALLER, loop, random());
        onLoop(
                context,
                loop,
                () ->
                        arrive(
                                new HttpLeg(call, format, meters, () -> forgetLater(call)),
                                caller,
                                to),
                decision -> decided(context, call.callId(), decision));
    }

    // Whatever breaks here, the telephone system gets an answer.
    @SuppressWarnings("CatchingThrowable")
    private Future<Decision> arrive(HttpLeg leg, CallerId caller, String to) {
        LegContext call = leg.context();
        legs.put(call.callId(), leg);
        try {
            arrivals.arrived(
                    new Arrival(call.callId(), to, caller, List.of(), _ -> joiner.join(call, leg)));
        } catch (Throwable fault) {
            log.atError()
                    .addKeyValue("call", call.callId())
                    .setCause(fault)
                    .log("inbound call could not be accepted");
            leg.returnToCarrier();
        }
        // Whoever wants the call has not refused it by now.
        leg.admit();
        return leg.decision();
    }

    private void forgetLater(LegContext call) {
        call.loop().schedule(MEMORY, () -> legs.remove(call.callId()));
    }

    private void decided(RoutingContext context, String callId, Decision decision) {
        boolean taken = decision instanceof Decision.Taken;
        (taken ? meters.arrived() : meters.refused()).increment();
        if (!taken) {
            legs.remove(callId);
        }
        switch (decision) {
            case Decision.Taken _ ->
                    Answers.send(context, 201, new JsonObject().put("callId", callId));
            case Decision.Refused(var cause) when cause == HangupCause.UNALLOCATED ->
                    Answers.fail(context, 404, "there is no route for the number that was called");
            case Decision.Refused(var cause)
                    when cause == HangupCause.REJECTED || cause == HangupCause.ROUTING_LOOP ->
                    Answers.fail(context, 403, "the call is refused");
            case Decision.Refused _, Decision.GivenBack _ -> {
                context.response().putHeader("Retry-After", RETRY_SECONDS);
                Answers.fail(context, 503, "no call can be taken just now");
            }
        }
    }

    private void media(RoutingContext context) throws Refusal {
        HttpLeg leg = leg(context.request().getParam("callId"));
        long sequence = Requests.number(context, "seq", Integer.MAX_VALUE, -1);
        byte[] bytes = RequestBody.of(context).getBytes();
        SoundFormat format =
                SoundFormat.ofContentType(context.request().getHeader("Content-Type"), leg.format())
                        .orElseThrow(
                                () ->
                                        unusable(
                                                415,
                                                "sound is audio/basic or audio/L16;rate=16000"));
        if (bytes.length > format.bytes(LONGEST_MILLIS)) {
            throw unusable(413, "the body is longer than a second of sound");
        }
        if (bytes.length < format.bytes(SHORTEST_MILLIS) || !format.isWhole(bytes.length)) {
            throw unusable(400, "the body is not 20 ms to 1 s of whole samples");
        }
        onLoop(
                context,
                leg.context().loop(),
                () -> Future.succeededFuture(leg.bring(sequence, format, bytes)),
                brought -> {
                    switch (brought) {
                        case TAKEN -> Answers.send(context, 204);
                        case REPEATED -> Answers.fail(context, 409, "this seq was taken already");
                        case TOO_MUCH -> {
                            context.response().putHeader("Retry-After", "1");
                            Answers.fail(context, 429, "two seconds of sound wait already");
                        }
                        case ENDED -> ended(context, leg);
                    }
                });
    }

    private Refusal unusable(int status, String sentence) {
        meters.rejected().increment();
        return new Refusal(status, sentence);
    }

    private void fetch(RoutingContext context) throws Refusal {
        HttpLeg leg = leg(context.request().getParam("callId"));
        var wait = Duration.ofMillis(Requests.number(context, "wait", LONGEST_WAIT, DEFAULT_WAIT));
        onLoop(
                context,
                leg.context().loop(),
                () -> leg.fetch(wait),
                fetched -> {
                    switch (fetched) {
                        case Fetched.Sound(var type, var sound) -> {
                            var _ =
                                    context.response()
                                            .putHeader("Content-Type", type)
                                            .putHeader("Cache-Control", "no-store")
                                            .end(sound);
                        }
                        case Fetched.Nothing _ -> Answers.send(context, 204);
                        case Fetched.Ended _ -> ended(context, leg);
                    }
                });
    }

    private void end(RoutingContext context) throws Refusal {
        JsonObject body = Requests.json(context);
        String callId = Requests.text(body, "callId").orElse("");
        HangupCause cause = Requests.cause(body);
        HttpLeg leg = leg(callId);
        onLoop(
                context,
                leg.context().loop(),
                () -> {
                    leg.end(cause);
                    return Future.succeededFuture(leg);
                },
                _ -> Answers.send(context, 200, new JsonObject().put("callId", callId)));
    }

    /// The call has ended, and is remembered for a while.
    private void ended(RoutingContext context, HttpLeg leg) {
        HangupCause cause = leg.ended();
        Answers.send(
                context,
                410,
                new JsonObject()
                        .put("error", "the call has ended")
                        .put("cause", cause == null ? "" : Requests.wireName(cause)));
    }

    private HttpLeg leg(@Nullable String callId) throws Refusal {
        HttpLeg leg = callId == null ? null : legs.get(callId);
        if (leg == null) {
            throw new Refusal(
                    callId == null || callId.isEmpty() ? 400 : 404,
                    "callId is that of a call which was announced here");
        }
        return leg;
    }

    /// Does `work` on a call's loop and answers with what comes of it, on the request's own.
    private static <T> void onLoop(
            RoutingContext context, Loop loop, Supplier<Future<T>> work, Consumer<T> answer) {
        Context own = context.vertx().getOrCreateContext();
        loop.execute(
                () ->
                        work.get()
                                .onSuccess(
                                        result ->
                                                own.runOnContext(
                                                        _ -> {
                                                            if (!context.response().ended()) {
                                                                answer.accept(result);
                                                            }
                                                        })));
    }

    private String random() {
        var bytes = new byte[16];
        chance.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
