package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keys that are pressed in a call in which the destination is interpreted to.
class KeypadsTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeConnection connection = new FakeConnection(loop);
    private final List<CallEvent> told = new ArrayList<>();
    private final CallSession call =
            new CallSession(
                    Samples.people(Samples.TERMS),
                    Optional.empty(),
                    connection,
                    SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                    Agents.none(),
                    Samples.freeOfCharge(),
                    CallMeters.register(registry),
                    told::add,
                    _ -> {});

    private void talk() {
        call.begin(new Event.Admitted());
        connection.happen(
                new ConnectionEvent.Answered(Party.DESTINATION),
                new ConnectionEvent.AudioAttached());
        loop.settle();
    }

    private void press(Party party, String keys) {
        keys.chars()
                .forEach(
                        key ->
                                connection.happen(
                                        new ConnectionEvent.KeyPressed(party, (char) key)));
        loop.settle();
    }

    private List<String> passed() {
        return connection.asked.stream().filter(what -> what.startsWith("keys")).toList();
    }

    @Test
    void a_listeners_command_is_not_heard_by_the_other_one_and_all_other_keys_are() {
        talk();
        press(Party.DESTINATION, "4*1#");
        assertEquals(List.of("keys of DESTINATION 4", "keys of DESTINATION #"), passed());
    }

    @Test
    void a_key_that_was_held_back_goes_on_when_no_command_comes_of_it() {
        talk();
        press(Party.DESTINATION, "*");
        loop.advance(Duration.ofMillis(1999));
        assertEquals(List.of(), passed());
        loop.advance(Duration.ofMillis(1));
        assertEquals(List.of("keys of DESTINATION *"), passed());
        press(Party.DESTINATION, "1");
        assertEquals(List.of("keys of DESTINATION *", "keys of DESTINATION 1"), passed());
    }

    @Test
    void whoever_is_not_interpreted_to_commands_nothing() {
        talk();
        press(Party.CALLER, "*1");
        assertEquals(List.of("keys of CALLER *", "keys of CALLER 1"), passed());
    }

    @Test
    void a_key_that_is_held_back_is_not_lost_when_the_interpretation_ends() {
        talk();
        press(Party.DESTINATION, "*");
        connection.happen(new ConnectionEvent.AudioLost("test"));
        press(Party.DESTINATION, "1");
        assertEquals(List.of("keys of DESTINATION *1"), passed());
    }

    private List<CallEvent.Interpretation> switched() {
        return told.stream()
                .filter(CallEvent.Interpretation.class::isInstance)
                .map(CallEvent.Interpretation.class::cast)
                .toList();
    }

    @Test
    void
            whoever_watches_sees_that_a_listener_wants_nothing_spoken_to_them_and_that_they_do_again() {
        talk();
        press(Party.DESTINATION, "*1");
        assertEquals(Set.of(Party.CALLER), call.view().paused());
        press(Party.DESTINATION, "*3*1");
        assertEquals(Set.of(), call.view().paused());
        assertEquals(
                List.of(
                        new CallEvent.Interpretation(
                                "7f3", Party.CALLER, false, loop.epochMillis()),
                        new CallEvent.Interpretation(
                                "7f3", Party.CALLER, true, loop.epochMillis())),
                switched());
    }

    @Test
    void an_operator_switches_as_the_listeners_keys_do_and_either_can_switch_back() {
        call.tell(new Event.InterpretationAsked(Set.of(Party.CALLER), false));
        loop.settle();
        talk();
        assertEquals(Set.of(Party.CALLER), call.view().paused());
        press(Party.DESTINATION, "*1");
        assertEquals(Set.of(), call.view().paused());
        call.tell(new Event.InterpretationAsked(Set.of(Party.values()), false));
        call.tell(new Event.InterpretationAsked(Set.of(Party.values()), false));
        loop.settle();
        assertEquals(Set.of(Party.values()), call.view().paused());
        // What is already so is told once.
        assertEquals(4, switched().size());
        call.tell(new Event.InterpretationAsked(Set.of(Party.values()), true));
        loop.settle();
        assertEquals(Set.of(), call.view().paused());
    }

    @Test
    void keys_that_are_pressed_before_the_two_talk_or_after_it_are_nobodys() {
        press(Party.CALLER, "5");
        talk();
        press(Party.DESTINATION, "*");
        call.tell(new Event.EndAsked(Outcome.Reason.OPERATOR_HUNG_UP));
        loop.settle();
        connection.happen(new ConnectionEvent.Released());
        loop.advance(Duration.ofSeconds(5));
        press(Party.CALLER, "5");
        assertEquals(List.of(), passed());
        assertEquals(0, loop.timers());
    }
}
