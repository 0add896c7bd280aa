package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Calls in which something of ours throws.
class CallSessionTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeConnection connection = new FakeConnection(loop);
    private final SilentEngines.Ears ears = new SilentEngines.Ears();
    private final List<CallEvent> told = new ArrayList<>();
    private CallObserver observer = told::add;
    private int finished;
    private final CallSession call =
            new CallSession(
                    Samples.people(Samples.TERMS),
                    Optional.empty(),
                    connection,
                    SilentEngines.dependencies(ears, loop, registry),
                    Agents.none(),
                    Samples.freeOfCharge(),
                    CallMeters.register(registry),
                    event -> observer.on(event),
                    _ -> finished++);

    private double faults() {
        return registry.get("sandalphone.call.faults").counter().count();
    }

    private void talk() {
        call.begin(new Event.Admitted());
        connection.happen(
                new ConnectionEvent.Answered(Party.DESTINATION),
                new ConnectionEvent.AudioAttached());
        loop.settle();
        assertEquals(1, ears.open);
    }

    @Test
    void a_watcher_that_throws_keeps_no_call_from_being_released() {
        talk();
        observer =
                _ -> {
                    throw new IllegalStateException("watcher");
                };
        connection.happen(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        assertEquals("release NORMAL", connection.asked.getLast());
        assertEquals(0, ears.open);
        connection.happen(new ConnectionEvent.Released());
        assertEquals(1, finished);
        assertTrue(faults() >= 2, "counted: " + faults());
    }

    @Test
    void an_interpreter_that_does_not_stop_keeps_no_call_from_being_released() {
        talk();
        connection.failing.add("restore CALLER");
        connection.happen(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NORMAL));
        assertEquals("release NORMAL", connection.asked.getLast());
    }

    @Test
    void a_release_that_fails_is_abandoned_and_the_call_gives_its_place_back() {
        talk();
        connection.failing.add("release NORMAL");
        connection.asked.clear();
        connection.happen(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        assertEquals("[release NORMAL, abandon]", ends());
        assertEquals(1, finished);
        assertEquals(1, faults());
    }

    private String ends() {
        return connection.asked.stream()
                .filter(asked -> !asked.startsWith("restore"))
                .toList()
                .toString();
    }

    @Test
    void a_call_ends_even_if_nothing_of_its_end_can_be_carried_out() {
        talk();
        connection.failing.add("release NORMAL");
        connection.failing.add("abandon");
        observer =
                _ -> {
                    throw new AssertionError("watcher");
                };
        connection.happen(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        loop.advance(Duration.ofMinutes(1));
        assertEquals(1, finished);
    }

    @Test
    void a_party_that_cannot_be_dialled_ends_the_call() {
        connection.failing.add("dial DESTINATION");
        call.begin(new Event.Admitted());
        assertEquals(List.of("dial DESTINATION", "release FAILURE"), connection.asked);
        connection.happen(new ConnectionEvent.Released());
        assertEquals(
                new CallEvent.Ended("7f3", "failed", "internal-error", loop.epochMillis()),
                told.getLast());
        assertEquals(1, finished);
    }

    @Test
    void audio_that_cannot_be_attached_leaves_the_people_talking_and_is_tried_again() {
        connection.failing.add("attach");
        call.begin(new Event.Admitted());
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals("talking", call.view().state());
        connection.failing.clear();
        connection.asked.clear();
        loop.advance(Duration.ofSeconds(3));
        assertEquals(List.of("attach"), connection.asked);
    }

    @Test
    void a_carrier_that_does_not_confirm_in_time_is_left_with_what_remains() {
        talk();
        connection.happen(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        loop.advance(Duration.ofSeconds(16));
        assertEquals("abandon", connection.asked.getLast());
        assertEquals(1, finished);
    }

    @Test
    void a_call_that_another_controller_took_over_is_left_and_nobody_listens_in_any_more() {
        talk();
        connection.happen(new ConnectionEvent.TakenOver());
        assertEquals(0, ears.open);
        assertEquals("leave", connection.asked.getLast());
        connection.happen(new ConnectionEvent.Released());
        assertEquals(
                new CallEvent.Ended("7f3", "completed", "taken-over", loop.epochMillis()),
                told.getLast());
        assertEquals(1, finished);
    }

    @Test
    void who_only_rings_when_another_controller_takes_over_is_left_to_it() {
        call.begin(new Event.Admitted());
        connection.happen(new ConnectionEvent.TakenOver(), new ConnectionEvent.Released());
        assertEquals(List.of("dial DESTINATION", "leave"), connection.asked);
        assertEquals(
                new CallEvent.Ended("7f3", "not-connected", "taken-over", loop.epochMillis()),
                told.getLast());
    }

    @Test
    void a_refusal_that_comes_late_does_not_part_those_who_talk() {
        talk();
        connection.happen(new ConnectionEvent.Failed("dial"));
        assertEquals("talking", call.view().state());
        assertEquals(1, ears.open);
    }

    @Test
    void a_call_that_was_told_to_end_before_it_began_dials_nobody() {
        call.tell(new Event.EndAsked(Outcome.Reason.OPERATOR_HUNG_UP));
        loop.settle();
        call.begin(new Event.Placed());
        assertEquals(List.of("release NORMAL"), connection.asked);
        connection.happen(new ConnectionEvent.Released());
        assertEquals(1, finished);
    }
}
