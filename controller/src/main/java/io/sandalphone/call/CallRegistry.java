package io.sandalphone.call;

import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.Costs;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.translate.InterpreterKit;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// All calls that live: takes up those that arrive, begins those that operators ask for, and holds
/// both to the limits. Thread-safe.
public final class CallRegistry implements Calls, Arrivals {
    // A call that is turned away needs terms for nothing but its place in the live view.
    private static final CallTerms NO_TERMS =
            new CallTerms(
                    new Language("und"),
                    new Language("und"),
                    false,
                    false,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1));

    private final RouteTable routes;
    private final Limits limits;
    private final String callerId;
    private final InterpreterKit kit;
    private final Accounting accounting;
    private final CallMeters meters;
    private final Map<String, CallSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final List<CallObserver> observers = new CopyOnWriteArrayList<>();
    private final Promise<Void> empty = Promise.promise();
    private volatile boolean draining;
    private @Nullable Carrier carrier;

    /// `callerId` is the number shown to those whom we ring; empty shows the caller's own.
    public CallRegistry(
            RouteTable routes,
            Limits limits,
            String callerId,
            InterpreterKit kit,
            Accounting accounting,
            CallMeters meters) {
        this.routes = routes;
        this.limits = limits;
        this.callerId = callerId;
        this.kit = kit;
        this.accounting = accounting;
        this.meters = meters;
        meters.live(sessions::size);
    }

    /// Where operators' calls begin. Set once, before the first.
    public void placeCallsWith(Carrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public void arrived(Arrival arrival) {
        Optional<Route> route = routes.find(arrival.called());
        Event first = admit(route.isPresent());
        CallTerms terms = route.map(Route::terms).orElse(NO_TERMS);
        String to = route.map(found -> found.destination().number()).orElse("");
        String shown = callerId.isEmpty() ? shown(arrival.caller()) : callerId;
        begin(
                new CallSession.Participants(
                        arrival.callId(),
                        CallView.Direction.INBOUND,
                        arrival.caller(),
                        to,
                        shown,
                        terms),
                arrival.connection(),
                first);
    }

    private Event admit(boolean known) {
        if (draining) {
            return new Event.RejectedDraining();
        }
        if (!known) {
            return new Event.Rejected(Outcome.Reason.UNKNOWN_NUMBER, HangupCause.UNALLOCATED);
        }
        if (!takePlace()) {
            return new Event.Rejected(Outcome.Reason.CALL_LIMIT, HangupCause.CONGESTION);
        }
        return new Event.Admitted();
    }

    private boolean takePlace() {
        int most =
                carrier == null
                        ? limits.maxConcurrentCalls()
                        : Math.min(limits.maxConcurrentCalls(), carrier.maxConcurrentCalls());
        int before = admitted.getAndUpdate(count -> count < most ? count + 1 : count);
        return before < most;
    }

    @Override
    public Future<Placement> originate(CallRequest request) {
        return Future.succeededFuture(place(request));
    }

    private Placement place(CallRequest request) {
        if (!limits.allows(request.from()) || !limits.allows(request.to())) {
            return new Placement.Refused(Placement.Reason.DESTINATION_NOT_ALLOWED);
        }
        if (draining) {
            return new Placement.Refused(Placement.Reason.DRAINING);
        }
        if (carrier == null || carrier.unavailableReason().isPresent()) {
            return new Placement.Refused(Placement.Reason.NOT_CONNECTED);
        }
        if (!takePlace()) {
            return new Placement.Refused(Placement.Reason.LIMIT_REACHED);
        }
        String callId = CallIds.next();
        CallConnection connection = carrier.connect(callId);
        var people =
                new CallSession.Participants(
                        callId,
                        CallView.Direction.OUTBOUND,
                        request.from().number(),
                        request.to().number(),
                        callerId,
                        request.terms());
        connection.loop().execute(() -> begin(people, connection, new Event.Placed()));
        return new Placement.Placed(callId);
    }

    private void begin(CallSession.Participants people, CallConnection connection, Event first) {
        boolean counted = first instanceof Event.Admitted || first instanceof Event.Placed;
        var session =
                new CallSession(
                        people,
                        connection,
                        kit,
                        accounting,
                        meters,
                        this::announce,
                        ended -> forget(ended, counted));
        sessions.put(people.id(), session);
        session.begin(first);
    }

    private void forget(CallSession session, boolean counted) {
        sessions.remove(session.id());
        if (counted) {
            admitted.decrementAndGet();
        }
        if (draining && sessions.isEmpty()) {
            empty.tryComplete();
        }
    }

    private void announce(CallEvent event) {
        observers.forEach(observer -> observer.on(event));
    }

    /// A caller's number in a form that a trunk takes, or nothing.
    private static String shown(String caller) {
        return caller.matches("\\+?[0-9]{3,15}") ? caller : "";
    }

    @Override
    public List<CallView> sessions() {
        return sessions.values().stream()
                .map(CallSession::view)
                .sorted(Comparator.comparingLong(CallView::sinceEpochMillis))
                .toList();
    }

    @Override
    public Costs costsToday() {
        return accounting.today();
    }

    @Override
    public boolean hangUp(String callId) {
        CallSession session = sessions.get(callId);
        if (session == null) {
            return false;
        }
        session.tell(new Event.EndAsked(Outcome.Reason.OPERATOR_HUNG_UP));
        return true;
    }

    @Override
    public int hangUpAll() {
        List<CallSession> all = List.copyOf(sessions.values());
        all.forEach(session -> session.tell(new Event.EndAsked(Outcome.Reason.OPERATOR_HUNG_UP)));
        return all.size();
    }

    @Override
    public void observe(CallObserver observer) {
        observers.add(observer);
    }

    /// Takes no more calls from now on; completes when the last one has ended.
    public Future<Void> drain() {
        draining = true;
        if (sessions.isEmpty()) {
            empty.tryComplete();
        }
        return empty.future();
    }

    /// Leaves every call to itself: who talks goes on talking, without us. Completes when our part
    /// of each is cleared away.
    public Future<Void> leaveAll() {
        Future<Void> left = drain();
        sessions.values().forEach(session -> session.tell(new Event.LeaveAsked()));
        return left;
    }
}
