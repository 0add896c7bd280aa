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
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors.Fate;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calls of a gateway that was killed, in the one that is started after it.
class ReadopterTest {
    private static final String OURS = "+12125550101";
    private static final E164 DESTINATION = new E164("+12125550102");

    @TempDir private Path folder;

    private final VirtualLoop loop = new VirtualLoop();
    private final List<CallEvent> told = new ArrayList<>();
    private final FakeConnection connection = new FakeConnection(loop);

    /// One gateway after the other on one journal.
    private final class Gateway implements AutoCloseable {
        final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        final CallRegistry calls =
                new CallRegistry(
                        new RouteTable(
                                Map.of(
                                        OURS,
                                        new Route(
                                                new CallService.Interpreting(
                                                        DESTINATION, Optional.empty()),
                                                Samples.TERMS))),
                        new Limits(1, List.of("+1*")),
                        new CallerIdPolicy("", false),
                        SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                        Agents.none(),
                        Samples.freeOfCharge(),
                        CallMeters.register(registry));
        final CallJournal journal;
        final Readopter readopter;

        Gateway() {
            calls.observe(told::add);
            journal =
                    CallJournal.open(
                            new JournalSettings(Optional.of(folder.resolve("journal"))),
                            InstantSource.system(),
                            JournalMeters.register(registry));
            readopter = new Readopter(calls, journal, CallMeters.register(registry));
        }

        double count(String meter, String... tags) {
            return registry.get(meter).tags(tags).counter().count();
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    private static void write(Path folder, CallRecord... calls) throws Exception {
        Files.writeString(folder.resolve("journal"), JournalText.write(List.of(calls)));
    }

    private FoundCall found(String id, boolean answered) {
        return new FoundCall(
                id, CallRecords.places(id), answered, () -> connection.at(CallRecords.places(id)));
    }

    private CallView view(Gateway gateway, String id) {
        return gateway.calls.find(id).orElseThrow();
    }

    @Test
    void two_who_talk_go_on_with_all_that_was_known_of_them() throws Exception {
        CallRecord before = CallRecords.talking("a");
        write(folder, before);
        try (var gateway = new Gateway()) {
            Map<String, Fate> fates = gateway.readopter.found("fake", List.of(found("a", true)));
            assertEquals(Map.of("a", Fate.ADOPTED), fates);
            loop.settle();
            assertEquals(List.of("attach"), connection.asked);
            CallView view = view(gateway, "a");
            assertEquals("talking", view.state());
            assertTrue(view.adopted());
            assertEquals("Adopted", told.getFirst().getClass().getSimpleName());
            assertEquals(before.sinceEpochMillis(), view.sinceEpochMillis());
            assertEquals("…009", view.caller());
            assertEquals("…678", view.destination());
            assertEquals(3, view.utterances());
            assertEquals(Set.of(Party.CALLER), view.paused(), "as the destination had wished");
            assertEquals(CallRecords.COSTS, view.costs());
            CallRecord after = gateway.calls.records().getFirst();
            assertEquals(before.announced(), after.announced());
            assertEquals(before.wishes(), after.wishes());
            assertEquals(4, after.utterances().get(Party.CALLER));
            assertEquals(before.terms(), after.terms());
            assertEquals(before.costs(), after.costs());
            assertEquals(1, gateway.count("sandalphone.calls.adopted"));
            connection.happen(new ConnectionEvent.AudioAttached());
            assertTrue(view(gateway, "a").audioAttached());
        }
    }

    @Test
    void they_may_talk_as_long_as_they_had_left() throws Exception {
        Duration talked = Duration.ofMinutes(20);
        write(folder, CallRecords.talking("a", loop.epochMillis() - talked.toMillis()));
        try (var gateway = new Gateway()) {
            gateway.readopter.found("fake", List.of(found("a", true)));
            loop.settle();
            Duration left = Samples.TERMS.maxDuration().minus(talked);
            loop.advance(left.minusSeconds(1));
            assertFalse(connection.asked.contains("release NORMAL"));
            loop.advance(Duration.ofSeconds(2));
            assertTrue(connection.asked.contains("release NORMAL"), connection.asked::toString);
            assertEquals("ending", view(gateway, "a").state());
        }
    }

    @Test
    void one_whose_time_is_used_up_ends_at_once() throws Exception {
        write(folder, CallRecords.talking("a", loop.epochMillis() - 7_200_000));
        try (var gateway = new Gateway()) {
            gateway.readopter.found("fake", List.of(found("a", true)));
            loop.advance(Duration.ofMillis(1));
            assertTrue(connection.asked.contains("release NORMAL"), connection.asked::toString);
        }
    }

    @Test
    void a_phone_that_rings_is_answered_here() throws Exception {
        write(folder, CallRecords.ringing("a"));
        try (var gateway = new Gateway()) {
            gateway.readopter.found("fake", List.of(found("a", false)));
            loop.settle();
            assertEquals("dialing", view(gateway, "a").state());
            assertEquals(List.of(), connection.asked);
            connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
            assertEquals("talking", view(gateway, "a").state());
            assertEquals(List.of("attach"), connection.asked);
        }
    }

    @Test
    void it_takes_one_of_the_places_and_gives_it_back() throws Exception {
        write(folder, CallRecords.talking("a"));
        try (var gateway = new Gateway()) {
            gateway.readopter.found("fake", List.of(found("a", true)));
            loop.settle();
            var refused = new FakeConnection(loop);
            gateway.calls.arrived(arrival(refused));
            assertEquals(List.of("release CONGESTION"), refused.asked);
            connection.happen(
                    new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL),
                    new ConnectionEvent.Released());
            var taken = new FakeConnection(loop);
            gateway.calls.arrived(arrival(taken));
            assertEquals(List.of("dial DESTINATION"), taken.asked);
            assertEquals(List.of(), gateway.calls.records());
        }
    }

    private static Arrival arrival(FakeConnection connection) {
        return new Arrival(
                CallIds.next(), OURS, CallerId.of("+12125550109"), List.of(), _ -> connection);
    }

    @Test
    void what_no_carrier_told_of_yet_stays_written_down_for_the_gateway_after_this_one()
            throws Exception {
        write(folder, CallRecords.talking("a"));
        try (var killed = new Gateway()) {
            assertEquals(Map.of(), killed.readopter.found("another", List.of()));
        }
        try (var gateway = new Gateway()) {
            assertEquals(
                    Map.of("a", Fate.ADOPTED),
                    gateway.readopter.found("fake", List.of(found("a", true))));
            loop.settle();
        }
        try (var gateway = new Gateway()) {
            assertEquals(Map.of(), gateway.readopter.found("fake", List.of()), "it is over");
        }
        try (var gateway = new Gateway()) {
            assertEquals(
                    Map.of("a", Fate.LEFT),
                    gateway.readopter.found("fake", List.of(found("a", true))),
                    "and is never believed again");
            assertEquals(1, gateway.count("sandalphone.calls.left", "reason", "no-record"));
            assertEquals(
                    List.of("a no-record"),
                    told.stream()
                            .filter(CallEvent.Left.class::isInstance)
                            .map(CallEvent.Left.class::cast)
                            .map(left -> left.callId() + " " + left.reason())
                            .toList());
        }
    }

    @Test
    void a_call_of_a_carrier_that_was_taken_out_of_the_settings_is_left_and_forgotten()
            throws Exception {
        write(folder, CallRecords.talking("a"));
        try (var gateway = new Gateway()) {
            gateway.readopter.only(Set.of("fake"));
            assertEquals(Set.of("a"), gateway.readopter.sought("fake").keySet());
            gateway.readopter.only(Set.of("another"));
            assertEquals(Map.of(), gateway.readopter.sought("fake"));
            assertEquals(1, gateway.count("sandalphone.calls.left", "reason", "no-carrier"));
        }
        assertEquals(
                "{\"sandalphone_journal\":1,\"calls\":[]}\n",
                Files.readString(folder.resolve("journal")));
    }

    @Test
    void those_who_were_left_by_a_gateway_that_was_stopped_go_on_with_the_next() throws Exception {
        write(folder, CallRecords.talking("a"));
        try (var stopped = new Gateway()) {
            stopped.readopter.found("fake", List.of(found("a", true)));
            loop.settle();
            stopped.calls.leaveAll();
            loop.settle();
            assertTrue(connection.asked.contains("leave"));
            connection.happen(new ConnectionEvent.Released());
            assertEquals(List.of(), stopped.calls.sessions());
        }
        try (var next = new Gateway()) {
            assertEquals(
                    Map.of("a", Fate.ADOPTED),
                    next.readopter.found("fake", List.of(found("a", true))));
        }
    }

    @Test
    void a_gateway_that_stops_takes_none_up() throws Exception {
        write(folder, CallRecords.talking("a"));
        try (var gateway = new Gateway()) {
            gateway.calls.drain();
            assertEquals(
                    Map.of("a", Fate.LEFT),
                    gateway.readopter.found("fake", List.of(found("a", true))));
            assertEquals(1, gateway.count("sandalphone.calls.left", "reason", "stopping"));
            assertEquals(List.of(), connection.asked);
        }
    }

    @Test
    void a_fault_of_ours_leaves_them_to_talk_and_gives_the_place_back() throws Exception {
        write(folder, CallRecords.talking("a"));
        try (var gateway = new Gateway()) {
            assertEquals(
                    Map.of("a", Fate.LEFT),
                    gateway.readopter.found("fake", List.of(CallRecords.found("a", true))));
            assertEquals(1, gateway.count("sandalphone.calls.left", "reason", "internal-error"));
            var next = new FakeConnection(loop);
            gateway.calls.arrived(arrival(next));
            assertEquals(List.of("dial DESTINATION"), next.asked);
        }
    }

    @Test
    void without_a_journal_they_are_left_and_it_is_said_why() {
        try (var gateway = new Gateway()) {
            var none = CallJournal.none(JournalMeters.register(gateway.registry));
            var survivors =
                    new Readopter(gateway.calls, none, CallMeters.register(gateway.registry));
            assertEquals(
                    Map.of("a", Fate.LEFT), survivors.found("fake", List.of(found("a", true))));
            assertEquals(1, gateway.count("sandalphone.calls.left", "reason", "no-journal"));
        }
    }
}
