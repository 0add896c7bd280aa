package io.sandalphone.call;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.Agents;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.Costs;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.Arrivals;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.Destination;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.NumberPlan;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.InterpreterDependencies;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All calls that live: takes up those that arrive, begins those that operators ask for, and holds
/// both to the limits. Thread-safe.
public final class CallRegistry implements Calls, Arrivals, ClientCalls {
    // A call that is turned away needs terms for nothing but its place in the live view.
    private static final CallTerms NO_TERMS =
            new CallTerms(
                    new Language("und"),
                    new Language("und"),
                    false,
                    false,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1));

    private final Limits limits;
    private final CallerIdPolicy callerId;
    private final InterpreterDependencies dependencies;
    private final Agents agents;
    private final Map<String, People> people;
    private final Accounting accounting;
    private final LiveCalls live;
    private final Admission admission;
    private final DailyUse dailyUse;
    private final ClosedSentences closed;
    private final InstantSource clock;
    private volatile CallPlan plan;
    private volatile Map<String, Carrier> carriers = Map.of();
    private volatile @Nullable Carrier usualCarrier;

    /// One whose agents put nobody through.
    public CallRegistry(
            RouteTable routes,
            Limits limits,
            CallerIdPolicy callerId,
            InterpreterDependencies dependencies,
            Agents agents,
            Accounting accounting,
            CallMeters meters) {
        this(routes, limits, callerId, dependencies, agents, Map.of(), accounting, meters);
    }

    /// `callerId` says what is shown to those whom we ring; `people`, by the names of agents, to whom those may put their callers
    /// through.
    public CallRegistry(
            RouteTable routes,
            Limits limits,
            CallerIdPolicy callerId,
            InterpreterDependencies dependencies,
            Agents agents,
            Map<String, People> people,
            Accounting accounting,
            CallMeters meters) {
        this(
                routes,
                limits,
                callerId,
                dependencies,
                agents,
                people,
                accounting,
                meters,
                InstantSource.system());
    }

    /// The same by `clock`, which the hours of numbers go by.
    CallRegistry(
            RouteTable routes,
            Limits limits,
            CallerIdPolicy callerId,
            InterpreterDependencies dependencies,
            Agents agents,
            Map<String, People> people,
            Accounting accounting,
            CallMeters meters,
            InstantSource clock) {
        this.limits = limits;
        plan = CallPlan.of(routes, limits);
        closed = new ClosedSentences(dependencies.engines().synthesizer(), accounting);
        this.clock = clock;
        this.callerId = callerId;
        this.dependencies = dependencies;
        this.agents = agents;
        this.people = Map.copyOf(people);
        this.accounting = accounting;
        live = new LiveCalls(dependencies, agents, accounting, meters, clock);
        admission = new Admission(this::places);
        dailyUse = new DailyUse(limits.daily(), accounting::date, System::nanoTime);
    }

    private int places() {
        return carriers.values().stream()
                .mapToInt(Carrier::maxConcurrentCalls)
                .reduce(limits.maxConcurrentCalls(), Math::min);
    }

    /// Where operators' calls begin: over one of `carriers`, the first where they name none. As many
    /// calls live at once as each of them takes. Set once, before the first.
    public void placeCallsWith(List<Carrier> carriers) {
        this.carriers =
                carriers.stream()
                        .collect(Collectors.toUnmodifiableMap(Carrier::name, Function.identity()));
        usualCarrier = carriers.isEmpty() ? null : carriers.getFirst();
    }

    /// Calls that arrive from now on take these routes; those that are there keep theirs.
    public void reroute(RouteTable routes) {
        plan = CallPlan.of(routes, limits);
        prepareSentences();
    }

    /// Has what callers hear outside hours voiced, so that nobody waits for it. Returns at once.
    public void prepareSentences() {
        closed.prepare(plan.routes().closedSentences());
    }

    @Override
    public void arrived(Arrival arrival) {
        arrived(arrival, plan.routes().find(arrival.called()).map(found -> spoken(arrival, found)));
    }

    /// A carrier may know what the caller speaks.
    private static Route spoken(Arrival arrival, Route route) {
        return arrival.language().map(Language::new).map(route::spokenIn).orElse(route);
    }

    /// Where carriers hand up calls which, in a gateway without any route, hear themselves: so a new
    /// account is tried before anything is set up. `terms` are those of such a call.
    public Arrivals orEcho(CallTerms terms) {
        var echo = new Route(new CallService.Echo(), terms);
        return arrival -> {
            if (plan.routes().size() == 0) {
                arrived(arrival, Optional.of(echo));
            } else {
                arrived(arrival);
            }
        };
    }

    private void arrived(Arrival arrival, Optional<Route> planned) {
        if (plan.isEmergency(arrival)) {
            refuseEmergency(arrival, planned);
            return;
        }
        Optional<Route> route = planned.map(each -> each.at(clock.instant()));
        Optional<Destination> rung = route.flatMap(found -> found.service().rung());
        List<String> numbers =
                route.flatMap(found -> found.service().rungNumber()).stream()
                        .map(E164::number)
                        .toList();
        Optional<String> caller = number(arrival.caller().number());
        Optional<String> agent = route.flatMap(found -> found.service().attendedBy());
        var use = dailyUse.begin(caller, numbers);
        Event first =
                switch (use) {
                    case DailyUse.Verdict.Counted _ ->
                            agent.flatMap(name -> agents.refuses(name, caller))
                                    .map(this::refused)
                                    .orElseGet(() -> event(admission.arrive(wish(arrival, route))));
                    case DailyUse.Verdict.Refused(var whose) ->
                            event(admission.arrive(Admission.Verdict.UNWANTED), whose);
                };
        CallTerms terms = route.map(this::terms).orElse(NO_TERMS);
        Optional<String> via = route.flatMap(CallRegistry::via);
        var taking =
                new Participants(
                        arrival.callId(),
                        CallView.Direction.INBOUND,
                        arrival.caller().number(),
                        rung,
                        callerId.ours(),
                        shownTo(rung, arrival),
                        via,
                        agent.map(this::attended),
                        arrival.caller(),
                        route.map(each -> called(arrival, each)).orElse(Called.NOTHING),
                        terms);
        boolean admitted = first instanceof Event.Admitted;
        enter(taking, arrival.connect(via), admitted, over(use, admitted))
                .begin(admitted ? admitted(route.orElseThrow().service()) : first);
    }

    private Participants.Attended attended(String agent) {
        return new Participants.Attended(agent, peopleOf(agent), this::count);
    }

    private People peopleOf(String agent) {
        return people.getOrDefault(agent, People.NONE);
    }

    /// Counts a call to a number that is rung in the midst of another call, on whose caller's day that one is already.
    private Optional<Runnable> count(String number) {
        return switch (dailyUse.begin(
                Optional.empty(), number.isEmpty() ? List.of() : List.of(number))) {
            case DailyUse.Verdict.Counted(var ticket) -> Optional.of(ticket::ended);
            case DailyUse.Verdict.Refused _ -> Optional.empty();
        };
    }

    /// Takes one of the places while the hint is spoken, so that nobody can have more of them than calls.
    private void refuseEmergency(Arrival arrival, Optional<Route> route) {
        Admission.Verdict verdict = admission.arrive(Admission.Verdict.ADMITTED);
        boolean admitted = verdict == Admission.Verdict.ADMITTED;
        var people =
                new Participants(
                        arrival.callId(),
                        CallView.Direction.INBOUND,
                        arrival.caller().number(),
                        Optional.empty(),
                        CallerId.UNKNOWN,
                        CallerId.UNKNOWN,
                        Optional.empty(),
                        route.map(Route::terms).orElse(NO_TERMS));
        Optional<String> via = admitted ? Optional.of(EmergencyHint.VIA) : Optional.empty();
        enter(people, arrival.connect(via), admitted, () -> {})
                .begin(admitted ? new Event.EmergencyDialled() : event(verdict));
    }

    /// No carrier stands between us and a browser, that would let through our own numbers alone.
    private CallerId shownTo(Optional<Destination> rung, Arrival arrival) {
        return rung.filter(Browser.class::isInstance).isPresent()
                ? arrival.caller()
                : callerId.onBehalfOf(arrival.caller(), arrival.called());
    }

    /// Whoever may call as operators do calls any number that they may; but a number of our own is called
    /// by its route, as by anybody.
    @Override
    public void called(Arrival arrival, Language language, Optional<CallTerms> operator) {
        RouteTable routes = plan.routes();
        Optional<Route> route =
                operator.flatMap(terms -> dialled(arrival.called(), terms))
                        .filter(_ -> routes.findOwn(arrival.called()).isEmpty())
                        .or(() -> routes.find(arrival.called()));
        arrived(arrival, route.map(found -> found.spokenIn(language)));
    }

    private Optional<Route> dialled(String number, CallTerms terms) {
        try {
            return Optional.of(new E164("+" + RouteTable.digits(number)))
                    .filter(limits::allows)
                    .map(to -> new CallService.Interpreting(to, Optional.empty()))
                    .map(service -> new Route(service, terms));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<CallView> find(String callId) {
        return live.find(callId);
    }

    @Override
    public boolean ringsBrowsers(String called) {
        RouteTable routes = plan.routes();
        return called.equals(RouteTable.ANY)
                ? routes.services().anyMatch(this::ringsBrowsers)
                : routes.find(called).map(Route::service).filter(this::ringsBrowsers).isPresent();
    }

    private boolean ringsBrowsers(CallService service) {
        return service.ringsBrowsers()
                || service.attendedBy()
                        .filter(agent -> peopleOf(agent).ringsBrowsers())
                        .isPresent();
    }

    /// What is spoken with an agent is theirs to say.
    private CallTerms terms(Route route) {
        return route.agentSettings(agents)
                .map(AgentSettings::language)
                .map(language -> route.terms().between(language, language))
                .orElse(route.terms());
    }

    private Called called(Arrival arrival, Route route) {
        Optional<Notice> notice =
                route.service() instanceof CallService.Closed(var sentence)
                        ? closed.sound(sentence)
                        : Optional.empty();
        return new Called(arrival.called(), route.number(), notice);
    }

    private static Event admitted(CallService service) {
        return switch (service) {
            case CallService.Interpreting _ -> new Event.Admitted();
            case CallService.Attending _ -> new Event.AdmittedToAgent();
            case CallService.Echo _ -> new Event.AdmittedToEcho();
            case CallService.Closed _ -> new Event.FoundClosed();
        };
    }

    private static Optional<String> via(Route route) {
        return switch (route.service()) {
            case CallService.Interpreting(_, var via) -> via;
            case CallService.Attending _ -> Optional.of(CallService.Attending.VIA);
            // The sentence is sound that passes through us.
            case CallService.Closed _ -> Optional.of(EmergencyHint.VIA);
            case CallService.Echo _ -> Optional.empty();
        };
    }

    /// No number takes part, so nobody's day is used up; and no carrier does, who could put the two
    /// through while we stop.
    @Override
    public void met(Meeting meeting) {
        Event first =
                switch (event(admission.arrive(Admission.Verdict.ADMITTED))) {
                    case Event.Admitted _ -> new Event.Met();
                    case Event.RejectedDraining _ ->
                            new Event.Rejected(Outcome.Reason.DRAINING, HangupCause.CONGESTION);
                    case Event refused -> refused;
                };
        boolean admitted = first instanceof Event.Met;
        var people =
                new Participants(
                        meeting.callId(),
                        CallView.Direction.INBOUND,
                        "",
                        Optional.empty(),
                        CallerId.UNKNOWN,
                        CallerId.UNKNOWN,
                        Optional.empty(),
                        meeting.terms());
        enter(people, meeting.connection(), admitted, () -> {}).begin(first);
    }

    @Override
    public boolean interprets(Language from, Language to) {
        return dependencies.engines().interpret(from, to);
    }

    /// A caller's number as it is counted; nothing when they withhold it.
    private static Optional<String> number(String caller) {
        String digits = RouteTable.digits(caller.replaceAll("[^+0-9]", ""));
        return digits.isEmpty() ? Optional.empty() : Optional.of(digits);
    }

    /// What is to be done when the call is over; one that was not let in did not happen, and that is
    /// written down at once.
    private static Runnable over(DailyUse.Verdict use, boolean admitted) {
        return switch (use) {
            case DailyUse.Verdict.Refused _ -> () -> {};
            case DailyUse.Verdict.Counted(var ticket) when admitted -> ticket::ended;
            case DailyUse.Verdict.Counted(var ticket) -> {
                ticket.cancelled();
                yield () -> {};
            }
        };
    }

    /// Why a call is not taken although it may be known: it is `whose` day, unless nobody is taken.
    private static Event event(Admission.Verdict verdict, DailyUse.Exhausted whose) {
        if (verdict == Admission.Verdict.DRAINING) {
            return new Event.RejectedDraining();
        }
        return new Event.Rejected(
                switch (whose) {
                    case CALLER -> Outcome.Reason.CALLER_DAILY_LIMIT;
                    case DESTINATION -> Outcome.Reason.DESTINATION_DAILY_LIMIT;
                },
                HangupCause.REJECTED);
    }

    /// Whom an agent does not take hears that it is busy.
    private Event refused(Agents.Refusal why) {
        if (admission.arrive(Admission.Verdict.UNWANTED) == Admission.Verdict.DRAINING) {
            return new Event.RejectedDraining();
        }
        return new Event.Rejected(
                switch (why) {
                    case NOT_ALLOWED -> Outcome.Reason.CALLER_NOT_ALLOWED;
                    case TOO_OFTEN -> Outcome.Reason.CALLER_TOO_OFTEN;
                },
                HangupCause.BUSY);
    }

    private Admission.Verdict wish(Arrival arrival, Optional<Route> route) {
        if (route.isEmpty()) {
            return Admission.Verdict.UNWANTED;
        }
        Optional<E164> rung = route.get().service().rungNumber();
        if (rung.isEmpty()) {
            return Admission.Verdict.ADMITTED;
        }
        return LoopDetector.comesBack(
                        arrival.caller().number(),
                        arrival.forwardedBy(),
                        rung.get().number(),
                        live.attempts())
                ? Admission.Verdict.LOOPING
                : Admission.Verdict.ADMITTED;
    }

    private static Event event(Admission.Verdict verdict) {
        return switch (verdict) {
            case ADMITTED -> new Event.Admitted();
            case DRAINING -> new Event.RejectedDraining();
            case UNWANTED ->
                    new Event.Rejected(Outcome.Reason.UNKNOWN_NUMBER, HangupCause.UNALLOCATED);
            case LOOPING ->
                    new Event.Rejected(Outcome.Reason.ROUTING_LOOP, HangupCause.ROUTING_LOOP);
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
        if (NumberPlan.isEmergency(request.from()) || NumberPlan.isEmergency(request.to())) {
            return new Placement.Refused(Placement.Reason.EMERGENCY_NUMBER);
        }
        if (!limits.allows(request.from()) || !limits.allows(request.to())) {
            return new Placement.Refused(Placement.Reason.DESTINATION_NOT_ALLOWED);
        }
        Carrier carrier = request.fromVia().map(carriers::get).orElse(usualCarrier);
        if (carrier == null || carrier.unavailableReason().isPresent()) {
            return new Placement.Refused(Placement.Reason.NOT_CONNECTED);
        }
        return switch (dailyUse.begin(
                Optional.empty(), List.of(request.from().number(), request.to().number()))) {
            case DailyUse.Verdict.Refused _ ->
                    new Placement.Refused(Placement.Reason.DAILY_LIMIT_REACHED);
            case DailyUse.Verdict.Counted(var ticket) -> place(carrier, request, ticket);
        };
    }

    private Placement place(Carrier carrier, CallRequest request, DailyUse.Ticket ticket) {
        Admission.Verdict verdict = admission.make();
        if (verdict != Admission.Verdict.ADMITTED) {
            ticket.cancelled();
            return new Placement.Refused(
                    verdict == Admission.Verdict.DRAINING
                            ? Placement.Reason.DRAINING
                            : Placement.Reason.LIMIT_REACHED);
        }
        return new Placement.Placed(make(carrier, request, ticket));
    }

    private String make(Carrier carrier, CallRequest request, DailyUse.Ticket ticket) {
        String callId = CallIds.next();
        CallConnection connection;
        try {
            connection = carrier.connect(callId, request.toVia());
        } catch (RuntimeException fault) {
            ticket.cancelled();
            admission.over(true);
            throw fault;
        }
        var people =
                new Participants(
                        callId,
                        CallView.Direction.OUTBOUND,
                        request.from().number(),
                        Optional.of(request.to()),
                        callerId.ours(),
                        callerId.onBehalfOf(CallerId.of(request.from().number()), ""),
                        request.toVia(),
                        request.terms());
        CallSession session = enter(people, connection, true, ticket::ended);
        connection.loop().execute(() -> session.begin(new Event.Placed()));
        return callId;
    }

    /// A call that lived before this program did goes on here, whatever limits there are: its two people talk already. False when no
    /// call is taken any more; then nothing was asked of `found`.
    boolean adopt(CallRecord before, FoundCall found) {
        Participants people = Participants.of(before);
        if (!admission.resume()) {
            return false;
        }
        CallConnection connection;
        try {
            connection = found.connection().get();
        } catch (RuntimeException fault) {
            admission.over(true);
            throw fault;
        }
        List<String> rung = before.to().isEmpty() ? List.of() : List.of(before.to());
        DailyUse.Ticket ticket =
                before.direction() == CallView.Direction.INBOUND
                        ? dailyUse.resume(number(before.from()), rung, before.age(clock.millis()))
                        : dailyUse.resume(
                                Optional.empty(),
                                List.of(before.from(), before.to()),
                                before.age(clock.millis()));
        CallSession session = enter(people, Optional.of(before), connection, true, ticket::ended);
        connection.loop().execute(() -> session.goOn(found.answered()));
        return true;
    }

    /// What the next gateway needs of the calls that live, and of those that were left to themselves. Any thread may ask.
    List<CallRecord> records() {
        return live.records();
    }

    /// The call is there from now on, for whoever hangs up, drains or leaves.
    private CallSession enter(
            Participants people, CallConnection connection, boolean admitted, Runnable over) {
        return enter(people, Optional.empty(), connection, admitted, over);
    }

    /// The same for one that goes on here, of which `before` was written down. What is to be done when it is `over` is done, and its
    /// place free again, also when it cannot begin.
    private CallSession enter(
            Participants people,
            Optional<CallRecord> before,
            CallConnection connection,
            boolean admitted,
            Runnable over) {
        return live.enter(
                people,
                before,
                connection,
                () -> {
                    over.run();
                    admission.over(admitted);
                });
    }

    /// Two people whose call is none of ours are left to themselves, for `reason`. `found` is what the carrier said, where it did.
    void tellLeft(String callId, Readoption.Reason reason, @Nullable String found) {
        live.tellLeft(callId, reason, found);
    }

    @Override
    public List<CallView> sessions() {
        return live.views();
    }

    @Override
    public Costs costsToday() {
        return accounting.today();
    }

    @Override
    public Set<String> carriers() {
        return carriers.keySet();
    }

    @Override
    public boolean hangUp(String callId) {
        return live.tell(callId, new Event.EndAsked(Outcome.Reason.OPERATOR_HUNG_UP));
    }

    @Override
    public int hangUpAll() {
        return live.tellAll(new Event.EndAsked(Outcome.Reason.OPERATOR_HUNG_UP));
    }

    @Override
    public boolean interpret(String callId, Set<Party> speakers, boolean on) {
        return live.tell(callId, new Event.InterpretationAsked(speakers, on));
    }

    @Override
    public void observe(CallObserver observer) {
        live.observe(observer);
    }

    /// Takes no more calls from now on; completes when the last one has ended, those included that
    /// began at this moment.
    public Future<Void> drain() {
        return admission.drain();
    }

    /// Takes no more calls from now on; completes when the last one has ended of those that the next gateway could not go on with:
    /// whoever else is there talks, and stands in the journal. Once.
    public Future<Void> drainToHandOver() {
        return live.handOver(admission.drain());
    }

    /// Leaves every call to itself: who talks goes on talking, without us. Completes when our part
    /// of each is cleared away.
    public Future<Void> leaveAll() {
        Future<Void> left = drain();
        live.leaveAll();
        return left;
    }
}
