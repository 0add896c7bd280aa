package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostCap;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.cost.Service;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;
import io.sandalphone.translate.InterpreterDependencies;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a call does about what it costs: an hour listened costs 3600, a second 1.
class CallCostTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SilentEngines.Ears ears = new SilentEngines.Ears();
    private final List<CallEvent> told = new ArrayList<>();

    private static Accounting accounting(Optional<Integer> perCall, Optional<Integer> perDay)
            throws ConfigurationException {
        return Accounting.open(
                new CostSettings(
                        Currency.getInstance("USD"),
                        perCall.map(BigDecimal::valueOf),
                        perDay.map(BigDecimal::valueOf),
                        ZoneOffset.UTC,
                        Optional.empty(),
                        new PriceTable(
                                Map.of(
                                        "ears",
                                        Map.of(Service.LISTENED, BigDecimal.valueOf(3600))))),
                () -> Instant.EPOCH,
                CostMeters.register(new SimpleMeterRegistry()));
    }

    /// A call that has begun; its events are told from here on.
    private CallSession begin(Accounting accounting, FakeConnection connection) {
        InterpreterDependencies dependencies = SilentEngines.dependencies(ears, loop, registry);
        var session =
                new CallSession(
                        Samples.people(Samples.TERMS),
                        Optional.empty(),
                        connection,
                        dependencies,
                        Agents.none(),
                        accounting,
                        CallMeters.register(registry),
                        told::add,
                        _ -> {});
        session.begin(new Event.Admitted());
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        loop.settle();
        return session;
    }

    @Test
    void a_cap_ends_the_interpretation_and_not_the_call() throws Exception {
        var connection = new FakeConnection(loop);
        CallSession call = begin(accounting(Optional.of(60), Optional.empty()), connection);
        connection.happen(new ConnectionEvent.AudioAttached());
        ears.listenFor(Duration.ofSeconds(59));
        loop.settle();
        assertEquals(1, ears.open);
        assertEquals(Optional.empty(), call.view().costs().reached());

        ears.listenFor(Duration.ofSeconds(1));
        loop.settle();
        assertEquals(0, ears.open);
        assertEquals("talking", call.view().state());
        assertEquals(Optional.of(CostCap.PER_CALL), call.view().costs().reached());
        assertTrue(told.getLast() instanceof CallEvent.Spent, told::toString);
        assertFalse(connection.asked.toString().contains("release"), connection.asked::toString);
    }

    @Test
    void what_went_on_untranslated_is_not_translated_when_its_audio_comes_back() throws Exception {
        var connection = new FakeConnection(loop);
        begin(accounting(Optional.of(60), Optional.empty()), connection);
        connection.happen(new ConnectionEvent.AudioAttached());
        ears.listenFor(Duration.ofSeconds(60));
        loop.settle();
        connection.asked.clear();
        connection.happen(new ConnectionEvent.AudioLost("test"));
        loop.advance(Duration.ofSeconds(10));
        assertEquals(List.of(), connection.asked);
    }

    @Test
    void a_cap_that_is_reached_while_the_audio_is_attached_leaves_it_unused() throws Exception {
        Accounting accounting = accounting(Optional.empty(), Optional.of(60));
        var connection = new FakeConnection(loop);
        CallSession call = begin(accounting, connection);
        accounting.meter(() -> {}).listened("ears", Duration.ofSeconds(60));
        connection.happen(new ConnectionEvent.AudioAttached());
        loop.settle();
        assertEquals(0, ears.open);
        assertEquals(Optional.of(CostCap.PER_DAY), call.view().costs().reached());
    }

    @Test
    void a_call_of_a_day_that_has_cost_enough_is_connected_untranslated() throws Exception {
        Accounting accounting = accounting(Optional.empty(), Optional.of(60));
        accounting.meter(() -> {}).listened("ears", Duration.ofSeconds(60));
        var connection = new FakeConnection(loop);
        CallSession call = begin(accounting, connection);
        assertEquals("talking", call.view().state());
        assertEquals(List.of("dial DESTINATION"), connection.asked);
        assertTrue(told.getLast() instanceof CallEvent.Spent, told::toString);
    }

    @Test
    void a_call_tells_its_costs_before_its_end_and_counts_for_the_day_even_after()
            throws Exception {
        Accounting accounting = accounting(Optional.empty(), Optional.empty());
        var connection = new FakeConnection(loop);
        begin(accounting, connection);
        connection.happen(new ConnectionEvent.AudioAttached());
        ears.listenFor(Duration.ofSeconds(10));
        connection.happen(
                new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL),
                new ConnectionEvent.Released());
        assertTrue(told.getLast() instanceof CallEvent.Ended, told::toString);
        var spent = (CallEvent.Spent) told.get(told.size() - 2);
        assertEquals(new BigDecimal("10.000000"), spent.costs().spending().rounded());
        ears.listenFor(Duration.ofSeconds(5));
        assertEquals(new BigDecimal("15.000000"), accounting.today().spending().rounded());
    }
}
