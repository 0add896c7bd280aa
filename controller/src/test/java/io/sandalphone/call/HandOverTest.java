package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a gateway that stops waits for, and which calls are left to the one after it, at carriers that can only be asked.
class HandOverTest {
    private static final String OURS = "+12125550101";
    private static final Map<Party, LegPlace> PLACES =
            Map.of(
                    Party.CALLER,
                    new LegPlace("fake", Map.of("call", "1")),
                    Party.DESTINATION,
                    new LegPlace("fake", Map.of("call", "2")));

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallRegistry calls =
            new CallRegistry(
                    new RouteTable(
                            Map.of(
                                    OURS,
                                    new Route(
                                            new CallService.Interpreting(
                                                    new E164("+12125550102"), Optional.empty()),
                                            Samples.TERMS))),
                    new Limits(9, List.of("+1*")),
                    new CallerIdPolicy("", false),
                    SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                    Agents.none(),
                    Samples.freeOfCharge(),
                    CallMeters.register(registry));

    private FakeConnection ringing(Map<Party, LegPlace> places) {
        var connection = new FakeConnection(loop).at(places);
        calls.arrived(
                new Arrival(
                        CallIds.next(),
                        OURS,
                        CallerId.of("+12125550109"),
                        List.of(),
                        _ -> connection));
        return connection;
    }

    private FakeConnection talking(Map<Party, LegPlace> places) {
        FakeConnection connection = ringing(places);
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        return connection;
    }

    @Test
    void nobody_waits_for_two_whom_the_next_gateway_takes_up() {
        FakeConnection two = talking(PLACES);
        Future<Void> drained = calls.drainToHandOver();

        assertTrue(drained.isComplete());
        assertEquals("talking", calls.sessions().getFirst().state());
        Future<Void> left = calls.leaveAll();
        loop.settle();
        assertEquals("leave", two.asked.getLast());
        two.happen(new ConnectionEvent.Released());
        assertTrue(left.isComplete());
        assertEquals(PLACES, calls.records().getFirst().legs());
    }

    @Test
    void who_is_rung_is_waited_for_until_they_talk() {
        FakeConnection rung = ringing(PLACES);
        Future<Void> drained = calls.drainToHandOver();
        assertFalse(drained.isComplete());
        rung.happen(new ConnectionEvent.Answered(Party.DESTINATION));

        assertTrue(drained.isComplete());
    }

    @Test
    void two_who_cannot_be_found_again_are_waited_for() {
        talking(PLACES);
        FakeConnection mixed = talking(Map.of());
        Future<Void> drained = calls.drainToHandOver();
        assertFalse(drained.isComplete());
        mixed.happen(
                new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL),
                new ConnectionEvent.Released());

        assertTrue(drained.isComplete());
        assertEquals(1, calls.sessions().size());
    }

    @Test
    void a_gateway_without_calls_has_nothing_to_wait_for() {
        assertTrue(calls.drainToHandOver().isComplete());
    }

    @Test
    void two_who_are_not_given_back_are_left_and_nobody_looks_for_them_again() {
        FakeConnection two = talking(PLACES);
        two.happen(new ConnectionEvent.LeftThere("unreachable"));

        assertEquals("leave", two.asked.getLast());
        two.happen(new ConnectionEvent.Released());
        assertEquals(List.of(), calls.records());
        assertEquals(
                1,
                registry.get("sandalphone.calls.left").tag("reason", "carrier").counter().count());
    }

    @Test
    void a_carrier_is_asked_for_what_was_written_down_and_what_it_does_not_say_is_left(
            @TempDir Path folder) throws Exception {
        Path file = folder.resolve("journal");
        Files.writeString(
                file,
                JournalText.write(List.of(CallRecords.talking("a"), CallRecords.talking("b"))));
        CallMeters meters = CallMeters.register(registry);
        try (CallJournal journal =
                CallJournal.open(
                        new JournalSettings(Optional.of(file)),
                        InstantSource.system(),
                        JournalMeters.register(registry))) {
            var readopter = new Readopter(calls, journal, meters);
            assertEquals(Map.of(), readopter.sought("another"));
            assertEquals(
                    Map.of("a", CallRecords.places("a"), "b", CallRecords.places("b")),
                    readopter.sought("fake"));
            readopter.unanswered("a", "unreachable");
            assertEquals(Map.of("b", CallRecords.places("b")), readopter.sought("fake"));
            readopter.found("fake", List.of());
            assertEquals(Map.of(), readopter.sought("fake"));
        }
        assertEquals(
                1,
                registry.get("sandalphone.calls.left").tag("reason", "carrier").counter().count());
    }
}
