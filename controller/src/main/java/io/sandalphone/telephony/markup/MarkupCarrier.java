package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegJoiner;
import io.sandalphone.telephony.LegRejoiner;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.markup.ArrivedLeg.Decision;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamProtocol;
import io.sandalphone.telephony.stream.StreamTokens;
import io.sandalphone.time.Loop;
import io.sandalphone.time.NanoClock;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/// A carrier of single legs whose calls documents steer. Its sockets come by [#protocol], for the endpoint
/// that carriers share; the rest is mounted by [#mount]. Thread-safe.
///
/// Each leg's document names, behind the stream, the conference room of the call: if we die, the carrier
/// brings both people there and they talk on, untranslated. One whose partner is at another carrier hears a
/// sentence instead, is brought to them by SIP where there is a way back, and is released otherwise. A call that is not taken because we stop is
/// answered with 503, so that the number's fallback URL takes it, as when nobody answers.
public abstract class MarkupCarrier implements LegCarrier, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MarkupCarrier.class);

    // As long as carriers let a call be: a document's second stream may be the last thing it comes
    // to.
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);

    private final Account account;
    private final Dialect dialect;
    private final Webhooks webhooks;
    private final StreamProtocol protocol;
    private final Loop loop;
    private final Arrivals arrivals;
    private final LegJoiner joiner;
    private final SecureRandom chance = new SecureRandom();

    /// What a carrier's legs need of the gateway around them. Those who call are given to `loop`.
    public record Surroundings(
            PublicUrl publicUrl,
            Loop loop,
            Arrivals arrivals,
            LegJoiner joiner,
            WaysBack waysBack,
            StreamMeters streamMeters,
            NanoClock clock) {}

    /// How a carrier's sockets are told apart, given the account whose legs they belong to.
    @FunctionalInterface
    protected interface ProtocolMaker {
        StreamProtocol make(Account account);
    }

    /// `callsPerSecond` is how many calls the account may begin in a second.
    protected MarkupCarrier(
            Dialect dialect,
            Sender sender,
            ProtocolMaker protocol,
            int callsPerSecond,
            Surroundings surroundings,
            MarkupMeters meters) {
        this.dialect = dialect;
        loop = surroundings.loop();
        arrivals = surroundings.arrivals();
        joiner = surroundings.joiner();
        account =
                new Account(
                        dialect,
                        surroundings.publicUrl(),
                        surroundings.waysBack(),
                        new CallRate(callsPerSecond, surroundings.clock()),
                        new StreamTokens<>(TOKEN_LIFE, surroundings.clock()),
                        chance,
                        meters,
                        surroundings.streamMeters());
        webhooks = new Webhooks(account, sender, this::arrived);
        this.protocol = protocol.make(account);
    }

    /// Serves the carrier's webhooks.
    public final void mount(Router router) {
        webhooks.mount(router);
    }

    /// Takes a request that announces a call at another path than the carrier's own, and whose body
    /// [io.sandalphone.web.RequestBody] has read. Answers it, in either case. Runs on the HTTP server's loop.
    public final void arrives(RoutingContext request) {
        webhooks.arrives(request);
    }

    /// How the carrier talks over its media sockets.
    public final StreamProtocol protocol() {
        return protocol;
    }

    @Override
    public final String name() {
        return dialect.name();
    }

    @Override
    public final Optional<String> unavailableReason() {
        return account.unavailableReason();
    }

    /// Rings by the account's own number: carriers let nobody be shown another.
    @Override
    public final Leg dial(LegContext context, Dial dial) {
        var leg = new DialedLeg(context, account, dial, random());
        leg.begin();
        return leg;
    }

    /// Looks for the calls that an earlier gateway had here, and does with each as `survivors` say; `rejoiner` makes the connections
    /// of those that go on. Asks for nothing where there were none. Any thread may call, once.
    public final void lookFor(Survivors survivors, LegRejoiner rejoiner) {
        var left = new LeftCalls(account, loop, rejoiner);
        loop.execute(() -> left.look(survivors.sought(name()), survivors));
    }

    /// A call that the carrier asks about twice, because it did not hear the first answer, is one call.
    private Future<Decision> arrived(Webhooks.Announced call) {
        Optional<MarkupLeg> known = account.byId(call.callId());
        if (known.isPresent()) {
            return known.get() instanceof ArrivedLeg leg
                    ? leg.decision()
                    : Future.failedFuture("a call of ours");
        }
        var context = new LegContext(CallIds.next(), Party.CALLER, loop, random());
        var leg = new ArrivedLeg(context, account, call.callId(), call.stream());
        loop.execute(() -> handUp(leg, call.parameters(), call.language()));
        return leg.decision();
    }

    private void handUp(ArrivedLeg leg, FormParameters parameters, Optional<String> language) {
        LegContext context = leg.context();
        try {
            arrivals.arrived(
                    new Arrival(
                            context.callId(),
                            parameters.get("To").orElse(""),
                            dialect.caller(parameters),
                            parameters.get("ForwardedFrom").stream().toList(),
                            language,
                            via -> {
                                via.ifPresent(leg::goesTo);
                                return joiner.join(context, leg);
                            }));
        } catch (RuntimeException fault) {
            log.atError()
                    .addKeyValue("call", context.callId())
                    .setCause(fault)
                    .log("inbound call could not be accepted");
            leg.returnToCarrier();
        }
        // Whoever wants the call has not refused it by now, and has asked for the destination.
        if (dialect.answersAtOnce()) {
            leg.admit();
        }
    }

    private String random() {
        var bytes = new byte[16];
        chance.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Asks the carrier for nothing any more.
    @Override
    public final void close() {
        dialect.close();
    }
}
