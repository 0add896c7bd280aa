package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.E164;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CallRegistryTest {
    private static final String OURS = "+12125550101";
    private static final E164 DESTINATION = new E164("+12125550102");

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<FakeConnection> connections = new ArrayList<>();
    private final CallRegistry calls =
            new CallRegistry(
                    new RouteTable(Map.of(OURS, new Route(DESTINATION, Samples.TERMS))),
                    new Limits(3, List.of("+1*")),
                    new CallerIdPolicy("", false),
                    SilentEngines.kit(new SilentEngines.Ears(), loop, registry),
                    Samples.freeOfCharge(),
                    CallMeters.register(registry));
    private boolean broken;

    @BeforeEach
    void carrier() {
        calls.placeCallsWith(
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
                    public CallConnection connect(String callId) {
                        if (broken) {
                            throw new IllegalStateException("no connection");
                        }
                        var connection = new FakeConnection(loop);
                        connections.add(connection);
                        return connection;
                    }
                });
    }

    private Placement place() {
        return calls.originate(
                        new CallRequest(new E164("+12125550103"), DESTINATION, Samples.TERMS))
                .result();
    }

    private FakeConnection arrive() {
        var connection = new FakeConnection(loop);
        calls.arrived(new Arrival(CallIds.next(), OURS, CallerId.of("+12125550109"), connection));
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
                                            new E164("+12125550103"), DESTINATION, Samples.TERMS))
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
}
