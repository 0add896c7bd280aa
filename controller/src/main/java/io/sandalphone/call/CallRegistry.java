package io.sandalphone.call;

import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.Costs;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.translate.InterpreterKit;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// All calls that live: takes up those that arrive, begins those that operators ask for, and holds
/// both to the limits. Thread-safe.
public final class CallRegistry implements Calls, Arrivals {
    private static final Logger log = LoggerFactory.getLogger(CallRegistry.class);

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
    private final CallerIdPolicy callerId;
    private final InterpreterKit kit;
    private final Accounting accounting;
    private final CallMeters meters;
    private final Map<String, CallSession> sessions = new ConcurrentHashMap<>();
    private final Admission admission;
    private final List<CallObserver> observers = new CopyOnWriteArrayList<>();
    private volatile boolean leaving;
    private @Nullable Carrier carrier;

    /// `callerId` says what is shown to those whom we ring.
    public CallRegistry(
            RouteTable routes,
            Limits limits,
            CallerIdPolicy callerId,
            InterpreterKit kit,
            Accounting accounting,
            CallMeters meters) {
        this.routes = routes;
        this.limits = limits;
        this.callerId = callerId;
        this.kit = kit;
        this.accounting = accounting;
        this.meters = meters;
        admission = new Admission(this::places);
        meters.live(sessions::size);
    }

    private int places() {
        return carrier == null
                ? limits.maxConcurrentCalls()
                : Math.min(limits.maxConcurrentCalls(), carrier.maxConcurrentCalls());
    }

    /// Where operators' calls begin. Set once, before the first.
    public void placeCallsWith(Carrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public void arrived(Arrival arrival) {
        Optional<Route> route = routes.find(arrival.called());
        Event first = event(admission.arrive(route.isPresent()));
        CallTerms terms = route.map(Route::terms).orElse(NO_TERMS);
        String to = route.map(found -> found.destination().number()).orElse("");
        var people =
                new CallSession.Participants(
                        arrival.callId(),
                        CallView.Direction.INBOUND,
                        arrival.caller().number(),
                        to,
                        callerId.ours(),
                        callerId.onBehalfOf(arrival.caller(), arrival.called()),
                        terms);
        boolean admitted = first instanceof Event.Admitted;
        enter(people, arrival.connection(), admitted).begin(first);
    }

    private static Event event(Admission.Verdict verdict) {
        return switch (verdict) {
            case ADMITTED -> new Event.Admitted();
            case DRAINING -> new Event.RejectedDraining();
            case UNWANTED ->
                    new Event.Rejected(Outcome.Reason.UNKNOWN_NUMBER, HangupCause.UNALLOCATED);
            case FULL -> new Event.Rejected(Outcome.Reason.CALL_LIMIT, HangupCause.CONGESTION);
        };
    }

    @Override
    public Future<Placement> originate(CallRequest request) {
        try {
            return Future.succeededFuture(place(request));
        } catch (RuntimeException fault) {
            return Future.failedFuture(fault);
        }
    }

    private Placement place(CallRequest request) {
        if (!limits.allows(request.from()) || !limits.allows(request.to())) {
            return new Placement.Refused(Placement.Reason.DESTINATION_NOT_ALLOWED);
        }
        if (carrier == null || carrier.unavailableReason().isPresent()) {
            return new Placement.Refused(Placement.Reason.NOT_CONNECTED);
        }
        return switch (admission.make()) {
            case DRAINING -> new Placement.Refused(Placement.Reason.DRAINING);
            case FULL, UNWANTED -> new Placement.Refused(Placement.Reason.LIMIT_REACHED);
            case ADMITTED -> new Placement.Placed(make(carrier, request));
        };
    }

    private String make(Carrier carrier, CallRequest request) {
        String callId = CallIds.next();
        CallConnection connection;
        try {
            connection = carrier.connect(callId);
        } catch (RuntimeException fault) {
            admission.over(true);
            throw fault;
        }
        var people =
                new CallSession.Participants(
                        callId,
                        CallView.Direction.OUTBOUND,
                        request.from().number(),
                        request.to().number(),
                        callerId.ours(),
                        callerId.onBehalfOf(CallerId.of(request.from().number()), ""),
                        request.terms());
        CallSession session = enter(people, connection, true);
        connection.loop().execute(() -> session.begin(new Event.Placed()));
        return callId;
    }

    /// The call is there from now on, for whoever hangs up, drains or leaves.
    private CallSession enter(
            CallSession.Participants people, CallConnection connection, boolean admitted) {
        CallSession session;
        try {
            session =
                    new CallSession(
                            people,
                            connection,
                            kit,
                            accounting,
                            meters,
                            this::announce,
                            ended -> forget(ended, admitted));
        } catch (RuntimeException fault) {
            admission.over(admitted);
            throw fault;
        }
        sessions.put(people.id(), session);
        if (leaving) {
            session.tell(new Event.LeaveAsked());
        }
        return session;
    }

    private void forget(CallSession session, boolean wasAdmitted) {
        sessions.remove(session.id());
        admission.over(wasAdmitted);
    }

    private void announce(CallEvent event) {
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

    /// Takes no more calls from now on; completes when the last one has ended, those included that
    /// began at this moment.
    public Future<Void> drain() {
        return admission.drain();
    }

    /// Leaves every call to itself: who talks goes on talking, without us. Completes when our part
    /// of each is cleared away.
    public Future<Void> leaveAll() {
        Future<Void> left = drain();
        leaving = true;
        sessions.values().forEach(session -> session.tell(new Event.LeaveAsked()));
        return left;
    }
}
