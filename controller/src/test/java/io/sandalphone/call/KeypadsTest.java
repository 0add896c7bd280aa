package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Keys that are pressed in a call in which the destination is interpreted to.
class KeypadsTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeConnection connection = new FakeConnection(loop);
    private final CallSession call =
            new CallSession(
                    Samples.people(Samples.TERMS),
                    connection,
                    SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry),
                    Agents.none(),
                    Samples.freeOfCharge(),
                    CallMeters.register(registry),
                    _ -> {},
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
