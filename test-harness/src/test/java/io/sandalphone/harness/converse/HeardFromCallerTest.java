package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.agents.Stretch;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// What a person has heard from a caller who spoke from 1 s to 3 s.
class HeardFromCallerTest {
    private static final Stretch SAID = new Stretch(1000, 3000);

    /// The caller's own voice, as it arrives.
    private static final Stretch VOICE = new Stretch(1100, 3160);

    private static Optional<List<Stretch>> interpreted(long now, Stretch... sounds) {
        return HeardFromCaller.in(List.of(sounds), SAID, true, now);
    }

    @Test
    void an_interpreter_who_takes_long_is_waited_for() {
        assertEquals(Optional.empty(), interpreted(3000));
        assertEquals(Optional.empty(), interpreted(30_000, VOICE));
        var translation = new Stretch(9000, 11_000);
        assertEquals(Optional.empty(), interpreted(12_000, VOICE, translation));
        assertEquals(Optional.of(List.of(translation)), interpreted(13_500, VOICE, translation));
    }

    @Test
    void what_is_said_into_the_voice_is_heard_from_its_end_on() {
        assertEquals(
                Optional.of(List.of(new Stretch(3000, 5000))),
                interpreted(7500, new Stretch(1100, 5000)));
    }

    @Test
    void what_was_heard_before_is_not_from_the_caller() {
        var told = new Stretch(0, 900);
        var translation = new Stretch(3400, 5000);
        assertEquals(
                Optional.of(List.of(translation)), interpreted(7500, told, VOICE, translation));
    }

    @Test
    void who_speaks_the_same_language_is_heard_by_their_own_voice() {
        assertEquals(
                Optional.empty(),
                HeardFromCaller.in(List.of(VOICE), SAID, false, 5000),
                "they may go on");
        assertEquals(
                Optional.of(List.of(VOICE)), HeardFromCaller.in(List.of(VOICE), SAID, false, 5700));
    }
}
