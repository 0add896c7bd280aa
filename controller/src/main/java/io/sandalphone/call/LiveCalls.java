package io.sandalphone.call;

import io.sandalphone.agent.Agents;
import io.sandalphone.cost.Accounting;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.translate.InterpreterDependencies;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The calls that live, by their ids, from when each is taken until it is over: what is asked of them, who is told of them, and
/// what of them the next gateway needs. Which are taken [CallRegistry] decides. Thread-safe.
final class LiveCalls {
    private static final Logger log = LoggerFactory.getLogger(LiveCalls.class);

    private final InterpreterDependencies dependencies;
    private final Agents agents;
    private final Accounting accounting;
    private final CallMeters meters;
    private final InstantSource clock;
    private final Map<String, CallSession> sessions = new ConcurrentHashMap<>();
    // Those whose two people were left to themselves as this program was stopped.
    private final Map<String, CallRecord> leftTalking = new ConcurrentHashMap<>();
    private final Promise<Void> handedOver = Promise.promise();
    private final List<CallObserver> observers = new CopyOnWriteArrayList<>();
    private volatile boolean leaving;
    private volatile boolean handingOver;

    LiveCalls(
            InterpreterDependencies dependencies,
            Agents agents,
            Accounting accounting,
            CallMeters meters,
            InstantSource clock) {
        this.dependencies = dependencies;
        this.agents = agents;
        this.accounting = accounting;
        this.meters = meters;
        this.clock = clock;
        meters.live(sessions::size);
    }

    /// The call is there from now on, for whoever hangs up, drains or leaves. `before` was written down of one that goes on here.
    /// `over` is run once, when the call is over, or at once when it cannot begin.
    CallSession enter(
            Participants people,
            Optional<CallRecord> before,
            CallConnection connection,
            Runnable over) {
        CallSession session;
        try {
            session =
                    new CallSession(
                            people,
                            before,
                            connection,
                            dependencies,
                            agents,
                            accounting,
                            meters,
                            this::announce,
                            ended -> forget(ended, over));
        } catch (RuntimeException fault) {
            over.run();
            throw fault;
        }
        sessions.put(people.id(), session);
        if (leaving) {
            session.tell(new Event.LeaveAsked());
        }
        return session;
    }

    private void forget(CallSession session, Runnable over) {
        sessions.remove(session.id(), session);
        // Ended for us, not for the two.
        session.record().ifPresent(left -> leftTalking.put(left.id(), left));
        over.run();
        completeHandOver();
    }

    /// As operators see it.
    Optional<CallView> find(String callId) {
        return Optional.ofNullable(sessions.get(callId)).map(CallSession::view);
    }

    /// As operators see them, the oldest first.
    List<CallView> views() {
        return sessions.values().stream()
                .map(CallSession::view)
                .sorted(Comparator.comparingLong(CallView::sinceEpochMillis))
                .toList();
    }

    /// Whom they ring.
    List<LoopDetector.Attempt> attempts() {
        return sessions.values().stream().flatMap(session -> session.attempt().stream()).toList();
    }

    /// What the next gateway needs of them, and of those that were left to themselves.
    List<CallRecord> records() {
        Map<String, CallRecord> records = new HashMap<>(leftTalking);
        sessions.forEach((id, session) -> session.record().ifPresent(one -> records.put(id, one)));
        return List.copyOf(records.values());
    }

    /// Tells one of them; false when there is no such call.
    boolean tell(String callId, Event event) {
        CallSession session = sessions.get(callId);
        if (session == null) {
            return false;
        }
        session.tell(event);
        return true;
    }

    /// Tells all of them: so many.
    int tellAll(Event event) {
        List<CallSession> all = List.copyOf(sessions.values());
        all.forEach(session -> session.tell(event));
        return all.size();
    }

    /// Leaves each of them to itself, and whichever comes yet.
    void leaveAll() {
        leaving = true;
        tellAll(new Event.LeaveAsked());
    }

    /// Completes when all that live could be handed over, or are over, which `drained` says. Once.
    Future<Void> handOver(Future<Void> drained) {
        drained.onComplete(_ -> handedOver.tryComplete());
        handingOver = true;
        completeHandOver();
        return handedOver.future();
    }

    private void completeHandOver() {
        if (handingOver && sessions.values().stream().allMatch(CallSession::canBeHandedOver)) {
            handedOver.tryComplete();
        }
    }

    /// Tells `observer` whatever happens from now on.
    void observe(CallObserver observer) {
        observers.add(observer);
    }

    /// Two people whose call is none of ours are left to themselves, for `reason`. `found` is what the carrier said, where it did.
    void tellLeft(String callId, Readoption.Reason reason, @Nullable String found) {
        LeftTalking.tell(callId, reason, found, clock.millis(), meters, this::announce);
    }

    private void announce(CallEvent event) {
        completeHandOver();
        for (CallObserver observer : observers) {
            try {
                observer.on(event);
            } catch (RuntimeException fault) {
                meters.faults().increment();
                log.atError()
                        .addKeyValue("call", event.callId())
                        .setCause(fault)
                        .log("watcher of calls failed");
            }
        }
    }
}
