package io.sandalphone.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.markup.MarkupLeg;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The calls of one handler, at whatever carrier: takes each that arrives for one of its numbers, has [OnSession] decide about it,
/// and ends them. Runs on the loop that owns all of them; [OnSession] runs on a virtual thread of each.
final class Calls {
    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private final Loop loop;
    private final OnSession onSession;
    private final Limits limits;
    private final Consumer<SipTransportError> errors;
    private final MixedBridges bridges;
    private final AtomicInteger taken = new AtomicInteger();
    // By our names of calls, and by those of their carriers.
    private final Map<String, Session> live = new HashMap<>();
    private final Map<String, Session> byCarrier = new HashMap<>();
    private final Map<String, String> carriersName = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean closed;

    Calls(
            Loop loop,
            OnSession onSession,
            Limits limits,
            Consumer<SipTransportError> errors,
            MeterRegistry registry) {
        this.loop = loop;
        this.onSession = onSession;
        this.limits = limits;
        this.errors = errors;
        bridges = new MixedBridges(BusMeters.register(registry));
    }

    Loop loop() {
        return loop;
    }

    /// The connection of a call in which `arrived` is the caller, and nobody else will be.
    CallConnection join(LegContext context, Leg arrived) {
        if (arrived instanceof MarkupLeg leg) {
            @Nullable String name = leg.callId();
            if (name != null) {
                carriersName.put(context.callId(), name);
            }
        }
        return bridges.arrived(
                context,
                arrived,
                (_, _) -> {
                    throw new IllegalStateException("nobody is rung");
                });
    }

    /// A call has come to a carrier that has `numbers`.
    void arrived(Map<String, Did> numbers, Arrival arrival) {
        CallConnection connection = arrival.connect(Optional.empty());
        Optional<String> name = Optional.ofNullable(carriersName.remove(arrival.callId()));
        Optional<Did> did = Did.find(numbers, arrival.called());
        if (closed) {
            refuse(connection, CallConnection::returnToDialplan);
        } else if (did.isEmpty()) {
            refuse(connection, each -> each.release(HangupCause.UNALLOCATED));
            errors.accept(
                    new DidNotFoundError(
                            "a call came for "
                                    + E164.mask(arrival.called())
                                    + ", which is no number of this handler"));
        } else if (taken.get() >= limits.calls()) {
            log.warn("call refused: there are as many as there may be");
            refuse(connection, each -> each.release(HangupCause.BUSY));
        } else {
            take(connection, arrival, did.get(), name);
        }
    }

    private static void refuse(CallConnection connection, Consumer<CallConnection> way) {
        connection.listen(_ -> {});
        way.accept(connection);
    }

    private void take(
            CallConnection connection, Arrival arrival, Did did, Optional<String> carriers) {
        taken.incrementAndGet();
        // The call itself, and whoever was called for it.
        var holders = new AtomicInteger(2);
        Runnable let =
                () -> {
                    if (holders.decrementAndGet() == 0) {
                        taken.decrementAndGet();
                    }
                };
        var session =
                new Session(
                        connection,
                        did,
                        arrival.caller(),
                        limits,
                        () -> {
                            live.remove(arrival.callId());
                            carriers.ifPresent(byCarrier::remove);
                            let.run();
                            endedWhenNoneIsLeft();
                        });
        live.put(arrival.callId(), session);
        carriers.ifPresent(name -> byCarrier.put(name, session));
        Thread.ofVirtual()
                .name("session-" + arrival.callId())
                .start(
                        () -> {
                            try {
                                decide(session, did);
                            } finally {
                                let.run();
                            }
                        });
    }

    // Whatever the program throws, the caller is not left with nobody.
    @SuppressWarnings("CatchingThrowable")
    private void decide(Session session, Did did) {
        try {
            onSession.onSession(session, did);
            session.answer();
        } catch (CallRejectedError refusal) {
            session.reject(refusal.reason());
        } catch (Throwable fault) {
            log.atError().setCause(fault).log("a call's session threw; the call is given up");
            session.giveBack();
        }
    }

    /// The stream that `start` announces was not let in.
    void refused(JsonMessage start, StreamRefusal reason) {
        if (reason != StreamRefusal.FORMAT) {
            return;
        }
        JsonMessage said = start.object("start").optional();
        Optional<String> name = said.text("callSid").or(() -> said.text("call_control_id"));
        var error = new AudioCodecError("a call's sound is in a coding that is not known here");
        loop.execute(
                () ->
                        name.map(byCarrier::get)
                                .ifPresentOrElse(
                                        session -> session.fail(error),
                                        () -> errors.accept(error)));
    }

    /// Hangs all of them up, and takes no more. Done when none is left. Any thread.
    CompletableFuture<Void> close() {
        loop.execute(
                () -> {
                    closed = true;
                    List.copyOf(live.values()).forEach(Session::close);
                    endedWhenNoneIsLeft();
                });
        return ended;
    }

    private void endedWhenNoneIsLeft() {
        if (closed && live.isEmpty()) {
            ended.complete(null);
        }
    }
}
