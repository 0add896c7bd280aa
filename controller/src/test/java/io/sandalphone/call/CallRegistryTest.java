package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.DailyCaps;
import io.sandalphone.routing.Destinations;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class CallRegistryTest {
    private static final String OURS = "+12125550101";
    private static final E164 DESTINATION = new E164("+12125550102");

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<FakeConnection> connections = new ArrayList<>();
    private final CallRegistry calls =
            new CallRegistry(
                    new RouteTable(
                            Map.of(
                                    OURS,
                                    new Route(
                                            new CallService.Interpreting(
                                                    DESTINATION, Optional.empty()),
                                            Samples.TERMS))),
                    new Limits(3, List.of("+1*")),
                    new CallerIdPolicy("", false),
                    SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                    Agents.none(),
                    Samples.freeOfCharge(),
                    CallMeters.register(registry));
    private boolean broken;
    private Carrier carrier;

    @BeforeEach
    void connect_a_carrier() {
        carrier =
                new Carrier() {
                    @Override
                    public String name() {
                        return "fake";
                    }

                    @Override
                    public Optional<String> unavailableReason() {
                        return Optional.empty();
                    }

                    @Override
                    public int maxConcurrentCalls() {
                        return Integer.MAX_VALUE;
                    }

                    @Override
                    public CallConnection connect(String callId, Optional<String> via) {
                        if (broken) {
                            throw new IllegalStateException("no connection");
                        }
                        var connection = new FakeConnection(loop);
                        connections.add(connection);
                        return connection;
                    }
                };
        calls.placeCallsWith(List.of(carrier));
    }

    private Placement place() {
        return calls.originate(
                        new CallRequest(
                                new E164("+12125550103"),
                                Optional.empty(),
                                DESTINATION,
                                Optional.empty(),
                                Samples.TERMS))
                .result();
    }

    private FakeConnection arrive() {
        return arrive("+12125550109", List.of());
    }

    private FakeConnection arrive(String caller, List<String> forwardedBy) {
        var connection = new FakeConnection(loop);
        calls.arrived(
                new Arrival(
                        CallIds.next(), OURS, CallerId.of(caller), forwardedBy, _ -> connection));
        return connection;
    }

    @Test
    void a_call_placed_at_the_moment_of_leaving_is_not_missed() {
        assertTrue(place() instanceof Placement.Placed);
        Future<Void> left = calls.leaveAll();
        assertFalse(left.isComplete());
        loop.settle();
        FakeConnection connection = connections.getFirst();
        assertEquals(1, connection.asked.stream().filter(a -> a.startsWith("release")).count());
        connection.happen(new ConnectionEvent.Released());
        assertTrue(left.isComplete());
        assertEquals(List.of(), calls.sessions());
    }

    @Test
    void a_call_placed_just_now_can_be_seen_and_hung_up() {
        var placed = (Placement.Placed) place();
        assertEquals(1, calls.sessions().size());
        assertTrue(calls.hangUp(placed.callId()));
        loop.settle();
        assertTrue(connections.getFirst().asked.getLast().startsWith("release"));
    }

    @Test
    void draining_waits_for_a_call_placed_just_before_and_takes_none_after() {
        place();
        Future<Void> drained = calls.drain();
        assertEquals(new Placement.Refused(Placement.Reason.DRAINING), place());
        assertEquals(List.of("pass on"), arrive().asked);
        loop.settle();
        assertFalse(drained.isComplete());
    }

    @Test
    void a_carrier_that_throws_costs_no_place() {
        broken = true;
        for (int i = 0; i < 5; i++) {
            assertTrue(
                    calls.originate(
                                    new CallRequest(
                                            new E164("+12125550103"),
                                            Optional.empty(),
                                            DESTINATION,
                                            Optional.empty(),
                                            Samples.TERMS))
                            .failed());
        }
        broken = false;
        for (int i = 0; i < 3; i++) {
            assertTrue(place() instanceof Placement.Placed);
        }
        assertEquals(new Placement.Refused(Placement.Reason.LIMIT_REACHED), place());
    }

    @Test
    void a_watcher_that_throws_keeps_no_other_from_being_told() {
        List<CallEvent> told = new ArrayList<>();
        calls.observe(
                _ -> {
                    throw new IllegalStateException("watcher");
                });
        calls.observe(told::add);
        arrive();
        assertEquals("dialing", ((CallEvent.StateChanged) told.getFirst()).state());
    }

    private CallRegistry capped(DailyCaps daily) {
        var capped =
                new CallRegistry(
                        new RouteTable(
                                Map.of(
                                        OURS,
                                        new Route(
                                                new CallService.Interpreting(
                                                        DESTINATION, Optional.empty()),
                                                Samples.TERMS))),
                        new Limits(10, new Destinations(List.of("+1*"), Set.of()), daily),
                        new CallerIdPolicy("", false),
                        SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                        Agents.none(),
                        Samples.freeOfCharge(),
                        CallMeters.register(registry));
        capped.placeCallsWith(List.of(carrier));
        return capped;
    }

    private static DailyCaps.Cap calls(int most) {
        return new DailyCaps.Cap(Optional.of(most), Optional.empty());
    }

    private FakeConnection arriveAt(CallRegistry calls, String caller) {
        var connection = new FakeConnection(loop);
        calls.arrived(
                new Arrival(CallIds.next(), OURS, CallerId.of(caller), List.of(), _ -> connection));
        loop.settle();
        return connection;
    }

    private double refusals(String reason) {
        var counter = registry.find("sandalphone.call.ended").tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void a_caller_whose_day_is_used_up_is_refused_however_the_number_is_written() {
        CallRegistry capped = capped(new DailyCaps(calls(2), DailyCaps.Cap.NONE));
        arriveAt(capped, "+12125550109").happen(new ConnectionEvent.Answered(Party.DESTINATION));
        arriveAt(capped, "2125550109").happen(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals(2, capped.sessions().size());
        FakeConnection third = arriveAt(capped, "12125550109");
        assertTrue(third.asked.getLast().startsWith("release REJECTED"), third.asked::toString);
        third.happen(new ConnectionEvent.Released());
        assertEquals(1, refusals("caller-daily-limit"));
        assertEquals(2, capped.sessions().size());
        arriveAt(capped, "+12125550110");
        assertEquals(3, capped.sessions().size());
    }

    @Test
    void a_destination_whose_day_is_used_up_is_rung_by_nobody() {
        CallRegistry capped = capped(new DailyCaps(DailyCaps.Cap.NONE, calls(2)));
        var request =
                new CallRequest(
                        new E164("+12125550103"),
                        Optional.empty(),
                        DESTINATION,
                        Optional.empty(),
                        Samples.TERMS);
        assertTrue(capped.originate(request).result() instanceof Placement.Placed);
        arriveAt(capped, "+12125550109");
        FakeConnection third = arriveAt(capped, "+12125550110");
        third.happen(new ConnectionEvent.Released());
        assertEquals(1, refusals("destination-daily-limit"));
        assertEquals(
                new Placement.Refused(Placement.Reason.DAILY_LIMIT_REACHED),
                capped.originate(request).result());
        // Who is rung first by an operator is a destination too.
        assertEquals(
                new Placement.Refused(Placement.Reason.DAILY_LIMIT_REACHED),
                capped.originate(
                                new CallRequest(
                                        DESTINATION,
                                        Optional.empty(),
                                        new E164("+12125550104"),
                                        Optional.empty(),
                                        Samples.TERMS))
                        .result());
    }

    @Test
    void calls_that_are_not_let_in_use_nothing_of_a_day() {
        CallRegistry capped = capped(new DailyCaps(DailyCaps.Cap.NONE, calls(1)));
        var request =
                new CallRequest(
                        new E164("+12125550103"),
                        Optional.empty(),
                        DESTINATION,
                        Optional.empty(),
                        Samples.TERMS);
        broken = true;
        for (int i = 0; i < 3; i++) {
            assertTrue(capped.originate(request).failed());
        }
        broken = false;
        assertTrue(capped.originate(request).result() instanceof Placement.Placed);
    }

    private void assertRefused(FakeConnection connection) {
        assertEquals(List.of("release ROUTING_LOOP"), connection.asked);
        connection.happen(new ConnectionEvent.Released());
        assertEquals(
                1,
                registry.get("sandalphone.call.ended")
                        .tags("result", "refused", "reason", "routing-loop")
                        .counter()
                        .count());
    }

    @Test
    void a_call_forwarded_by_the_destination_of_its_route_is_refused() {
        assertRefused(arrive("+12125550109", List.of("2125550102")));
    }

    @Test
    void a_call_of_ours_that_comes_back_is_refused_while_the_first_one_rings() {
        arrive();
        // What we show is the number that was called, our own.
        assertRefused(arrive("2125550101", List.of()));
    }

    @Test
    void once_the_destination_has_answered_nothing_loops() {
        arrive().happen(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals(List.of("dial DESTINATION"), arrive("+12125550101", List.of()).asked);
    }

    @Test
    void a_phone_that_an_operator_has_rung_and_that_forwards_to_us_is_not_dialled_again() {
        place();
        loop.settle();
        assertRefused(arrive("+12125550109", List.of("+12125550103")));
    }

    private FakeConnection meet(String callId) {
        var connection = new FakeConnection(loop);
        calls.met(new Meeting(callId, connection, Samples.TERMS));
        return connection;
    }

    @Test
    void two_who_meet_are_a_call_like_any_other_in_which_nobody_is_rung() {
        FakeConnection connection = meet("met");
        assertEquals(List.of("attach"), connection.asked);
        assertEquals("talking", calls.sessions().getFirst().state());
        assertTrue(calls.hangUp("met"));
        loop.settle();
        assertEquals("release NORMAL", connection.asked.getLast());
    }

    @Test
    void two_who_meet_are_refused_when_all_places_are_taken() {
        meet("one");
        meet("two");
        meet("three");
        assertEquals(List.of("release CONGESTION"), meet("four").asked);
    }

    @Test
    void two_who_meet_while_we_stop_are_given_to_no_carrier() {
        calls.drain();
        assertEquals(List.of("release CONGESTION"), meet("late").asked);
    }

    @Test
    void in_a_gateway_without_routes_who_calls_to_try_it_hears_themselves() {
        var bare =
                new CallRegistry(
                        new RouteTable(Map.of()),
                        new Limits(3, List.of("+1*")),
                        new CallerIdPolicy("", false),
                        SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                        Agents.none(),
                        Samples.freeOfCharge(),
                        CallMeters.register(registry));
        var connection = new FakeConnection(loop);
        var arrival =
                new Arrival(CallIds.next(), OURS, CallerId.UNKNOWN, List.of(), _ -> connection);
        bare.orEcho(Samples.TERMS).arrived(arrival);
        assertEquals(List.of("echo"), connection.asked);
        assertEquals("echoing", bare.sessions().getFirst().state());
        var other = new FakeConnection(loop);
        bare.arrived(new Arrival(CallIds.next(), OURS, CallerId.UNKNOWN, List.of(), _ -> other));
        assertEquals(List.of("release UNALLOCATED"), other.asked);
    }

    /// A call of a client's to `called`, by who may call as operators do or not.
    private FakeConnection called(String called, boolean operator) {
        var connection = new FakeConnection(loop);
        calls.called(
                new Arrival(CallIds.next(), called, CallerId.UNKNOWN, List.of(), _ -> connection),
                new Language("fr"),
                operator ? Optional.of(Samples.TERMS) : Optional.empty());
        loop.settle();
        return connection;
    }

    @Test
    void who_calls_from_a_client_speaks_the_language_they_said() {
        called(OURS, false);
        CallView call = calls.sessions().getFirst();
        assertEquals(new Language("fr"), call.callerLanguage());
        assertEquals(Samples.TERMS.destinationLanguage(), call.destinationLanguage());
        assertEquals(Optional.of(call), calls.find(call.id()));
    }

    @Test
    void only_who_may_call_as_operators_do_reaches_a_number_without_a_route() {
        assertTrue(called("+12125550177", false).asked.getFirst().startsWith("release"));
        assertEquals("dial DESTINATION", called("+12125550178", true).asked.getFirst());
        // Not even they a number that may not be dialled.
        assertTrue(called("+442079460000", true).asked.getFirst().startsWith("release"));
    }
}
