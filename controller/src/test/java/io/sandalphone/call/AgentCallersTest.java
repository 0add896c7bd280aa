package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentBuilder;
import io.sandalphone.agent.Agents;
import io.sandalphone.agent.CallerRules;
import io.sandalphone.brain.EchoWords;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may call an agent.
class AgentCallersTest {
    private static final String OURS = "+12125550101";

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private CallRegistry agentFor(CallerRules callers) {
        var ears = new SilentEngines.Ears();
        var settings = new AgentBuilder().callers(callers).settings();
        var dependencies =
                AgentBuilder.dependencies(
                        ears, new SilentEngines.Mute(), SilentEngines.Deaf::new, registry);
        return new CallRegistry(
                new RouteTable(
                        Map.of(OURS, new Route(new CallService.Attending("desk"), Samples.TERMS))),
                new Limits(10, List.of("+1*")),
                new CallerIdPolicy("", false),
                SilentEngines.dependencies(ears, loop, registry),
                new Agents(
                        Map.of("desk", new Agent(settings, new EchoWords(), dependencies)),
                        loop::nanoTime),
                Samples.freeOfCharge(),
                CallMeters.register(registry));
    }

    /// Who calls from this number, hangs up if they are let in, and else is refused for the reason that is given.
    private String call(CallRegistry calls, String caller) {
        var connection = new FakeConnection(loop);
        calls.arrived(
                new Arrival(CallIds.next(), OURS, CallerId.of(caller), List.of(), _ -> connection));
        loop.settle();
        boolean refused = connection.asked.toString().contains("release");
        if (refused) {
            assertEquals("release BUSY", connection.asked.getLast());
        } else {
            assertTrue(connection.asked.contains("answer"), connection.asked::toString);
            connection.happen(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
            loop.settle();
        }
        connection.happen(new ConnectionEvent.Released());
        return refused ? "refused" : "taken";
    }

    private double ended(String reason) {
        var counter = registry.find("sandalphone.call.ended").tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void who_is_not_on_the_list_hears_that_it_is_busy() {
        CallRegistry calls = agentFor(new CallerRules(List.of("+1212555*"), Optional.empty()));
        assertEquals("taken", call(calls, "+12125550109"));
        assertEquals("taken", call(calls, "2125550109"));
        assertEquals("refused", call(calls, "+13125550109"));
        assertEquals("refused", call(calls, ""));
        assertEquals(2, ended("caller-not-allowed"));
        assertEquals(List.of(), calls.sessions());
    }

    @Test
    void who_calls_too_often_hears_that_it_is_busy_for_a_while() {
        CallRegistry calls = agentFor(new CallerRules(List.of(), Optional.of(2)));
        assertEquals("taken", call(calls, "+12125550109"));
        assertEquals("taken", call(calls, "2125550109"));
        assertEquals("refused", call(calls, "+12125550109"));
        assertEquals("taken", call(calls, "+12125550110"));
        assertEquals(1, ended("caller-too-often"));
        loop.advance(Duration.ofMinutes(31));
        assertEquals("taken", call(calls, "+12125550109"));
        assertEquals("refused", call(calls, "+12125550109"));
    }

    @Test
    void those_without_a_number_count_as_one() {
        CallRegistry calls = agentFor(new CallerRules(List.of(), Optional.of(1)));
        assertEquals("taken", call(calls, ""));
        assertEquals("refused", call(calls, ""));
    }
}
