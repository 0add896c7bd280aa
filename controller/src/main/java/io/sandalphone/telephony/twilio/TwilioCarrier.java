package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegJoiner;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamProtocol;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.telephony.twilio.ArrivedLeg.Decision;
import io.sandalphone.time.Loop;
import io.sandalphone.time.NanoClock;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Twilio as a carrier of single legs. Its sockets come by [#protocol], for the endpoint that carriers
/// share; the rest is mounted by [#mount]. Thread-safe.
///
/// Each leg's document names, behind the stream, the conference room of the call: if we die, Twilio
/// brings both people there and they talk on, untranslated. A call that is not taken because we stop is
/// answered with 503, so that the number's fallback URL takes it, as when nobody answers.
public final class TwilioCarrier implements LegCarrier, AutoCloseable {
    /// The name of this carrier, as routes give it.
    public static final String NAME = "twilio";

    private static final Logger log = LoggerFactory.getLogger(TwilioCarrier.class);

    // As long as Twilio lets a call be: a document's second stream may be the last thing it comes
    // to.
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);

    // What Twilio writes in place of a number that the caller withholds, or that is not known:
    // ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a telephone's keys.
    private static final Set<String> WITHHELD =
            Set.of("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253");

    private final Account account;
    private final TwilioGuard guard;
    private final TwilioWebhooks webhooks;
    private final TwilioProtocol protocol;
    private final List<Loop> loops;
    private final Arrivals arrivals;
    private final LegJoiner joiner;
    private final SecureRandom chance = new SecureRandom();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final RestApi rest;

    /// Calls are spread over `loops`, of which there is at least one. With `verifySignatures` off anybody
    /// who reaches the listener is believed to be Twilio.
    public TwilioCarrier(
            TwilioSettings settings,
            PublicUrl publicUrl,
            boolean verifySignatures,
            List<? extends Loop> loops,
            Arrivals arrivals,
            LegJoiner joiner,
            TwilioMeters meters,
            StreamMeters streamMeters) {
        this(
                settings,
                publicUrl,
                verifySignatures,
                loops,
                arrivals,
                joiner,
                meters,
                streamMeters,
                new TwilioRest(settings),
                NanoClock.system());
    }

    TwilioCarrier(
            TwilioSettings settings,
            PublicUrl publicUrl,
            boolean verifySignatures,
            List<? extends Loop> loops,
            Arrivals arrivals,
            LegJoiner joiner,
            TwilioMeters meters,
            StreamMeters streamMeters,
            RestApi rest,
            NanoClock clock) {
        this.loops = List.copyOf(loops);
        this.arrivals = arrivals;
        this.joiner = joiner;
        this.rest = rest;
        account =
                new Account(
                        settings,
                        publicUrl,
                        rest,
                        new CallRate(settings.callsPerSecond(), clock),
                        new StreamTokens<>(TOKEN_LIFE, clock),
                        chance,
                        meters,
                        streamMeters);
        guard =
                new TwilioGuard(
                        new TwilioSignature(settings.authToken()),
                        publicUrl,
                        verifySignatures,
                        meters,
                        clock);
        webhooks = new TwilioWebhooks(account, guard, this::arrived);
        protocol = new TwilioProtocol(account, guard);
        if (!verifySignatures) {
            log.warn("Twilio's signatures are not checked: verify-signatures is off");
        }
    }

    /// Serves Twilio's webhooks.
    public void mount(Router router) {
        webhooks.mount(router);
    }

    /// How Twilio talks over its media sockets.
    public StreamProtocol protocol() {
        return protocol;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return account.unavailableReason();
    }

    /// Rings by the account's own number: Twilio lets nobody be shown another.
    @Override
    public Leg dial(LegContext context, Dial dial) {
        var leg = new DialedLeg(context, account, dial, random());
        leg.begin();
        return leg;
    }

    /// A call that Twilio asks about twice, because it did not hear the first answer, is one call.
    private Future<Decision> arrived(String callSid, FormParameters parameters) {
        Optional<TwilioLeg> known = account.bySid(callSid);
        if (known.isPresent()) {
            return known.get() instanceof ArrivedLeg leg
                    ? leg.decision()
                    : Future.failedFuture("a call of ours");
        }
        Loop loop = loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
        var context = new LegContext(CallIds.next(), Party.CALLER, loop, random());
        var leg = new ArrivedLeg(context, account, callSid);
        loop.execute(() -> handUp(leg, parameters));
        return leg.decision();
    }

    private void handUp(ArrivedLeg leg, FormParameters parameters) {
        LegContext context = leg.context();
        try {
            arrivals.arrived(
                    new Arrival(
                            context.callId(),
                            parameters.get("To").orElse(""),
                            caller(parameters),
                            parameters.get("ForwardedFrom").stream().toList(),
                            _ -> joiner.join(context, leg)));
        } catch (RuntimeException fault) {
            log.atError()
                    .addKeyValue("call", context.callId())
                    .setCause(fault)
                    .log("inbound call could not be accepted");
            leg.returnToCarrier();
        }
        // Whoever wants the call has not refused it by now, and has asked for the destination.
        leg.admit();
    }

    private static CallerId caller(FormParameters parameters) {
        String number = parameters.get("From").filter(from -> !WITHHELD.contains(from)).orElse("");
        return CallerId.received(number, parameters.get("CallerName").orElse(""));
    }

    private String random() {
        var bytes = new byte[16];
        chance.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Sends nothing to Twilio any more.
    @Override
    public void close() {
        rest.close();
    }
}
