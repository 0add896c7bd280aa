package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What of our own throws costs nobody a voice, is closed again, is seen from outside, and is tried
/// again.
class InterpreterFaultsTest extends NumberCall {
    @Test
    void when_the_second_lane_does_not_start_everything_of_the_first_is_closed() {
        detectors.broken = 2;
        start(ENGLISH, SPANISH, true);
        assertEquals(1, detectors.opened);
        assertEquals(1, detectors.closed);
        assertEquals(1, words.open.size());
        assertEquals(1, words.closed);
    }

    @Test
    void an_interpreter_that_does_not_start_shows_until_one_does() {
        detectors.broken = 1;
        start(ENGLISH, SPANISH, true);
        assertEquals(
                Optional.of("an interpreter did not start: UnsatisfiedLinkError"),
                health.unavailableReason());
        assertEquals(1, faults.notStarted().count());
        assertEquals(
                Set.of(
                        new Availability(Party.CALLER, Set.of(Stage.RECOGNITION)),
                        new Availability(Party.DESTINATION, Set.of(Stage.RECOGNITION))),
                Set.copyOf(availability));

        loop.advance(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), health.unavailableReason());
        assertEquals(new Availability(Party.DESTINATION, Set.of()), availability.getLast());
        assertEquals(4, availability.size());
        say(caller, 5);
        destination.play();
        assertEquals(List.of(50), destination.heard());
    }

    @Test
    void an_interpreter_that_is_closed_is_not_tried_again() {
        detectors.broken = 1;
        start(ENGLISH, SPANISH, false).close();
        loop.advance(Duration.ofMinutes(1));
        assertEquals(0, detectors.opened);
    }

    @Test
    void an_engine_that_throws_when_it_is_opened_is_lost_and_opened_again() {
        words.thrownByOpen = Optional.of(new NoClassDefFoundError("as scripted"));
        start(ENGLISH, SPANISH, false);
        assertEquals(1, meters.recognitionFailed().count());
        assertEquals(
                List.of(new Availability(Party.CALLER, Set.of(Stage.RECOGNITION))), availability);
        assertTrue(health.unavailableReason().orElseThrow().contains("NoClassDefFoundError"));
        assertEquals(1, faults.faults().count());

        loop.advance(Duration.ofSeconds(1));
        assertEquals(1, words.open.size());
        words.open.getLast().onReady();
        say(caller, 5);
        destination.play();
        assertEquals(List.of(50), destination.heard());
        assertEquals(new Availability(Party.CALLER, Set.of()), availability.getLast());
    }

    @Test
    void a_fault_is_shown_for_a_minute() {
        health.faulted(new StackOverflowError());
        loop.advance(Duration.ofSeconds(60));
        assertEquals(
                Optional.of("a fault of our own, see the log: StackOverflowError"),
                health.unavailableReason());
        loop.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), health.unavailableReason());
    }

    @Test
    void an_engine_that_throws_when_it_is_closed_leaves_no_voice_low_and_nothing_else_open() {
        words.throwsByClose = true;
        Interpreter interpreter = start(ENGLISH, SPANISH, true);
        say(caller, 5);
        destination.playFrame();
        interpreter.close();
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(2, words.closed);
        assertEquals(2, detectors.closed);
        assertEquals(2, faults.faults().count());
    }
}
