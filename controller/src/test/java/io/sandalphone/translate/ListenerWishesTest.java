package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What listeners wish, through a whole interpreter.
class ListenerWishesTest extends NumberCall {
    private static final ListenerWishes PAUSED = new ListenerWishes(true, 0);

    private Interpreter start() {
        return start(ENGLISH, SPANISH, true);
    }

    @Test
    void whoever_pauses_hears_no_translation_until_they_want_it_again() {
        Interpreter interpreter = start();
        interpreter.wish(Party.DESTINATION, PAUSED);
        say(caller, 5);
        say(destination, 6);
        destination.play();
        caller.play();
        assertEquals(List.of(), destination.heard());
        assertEquals(List.of(60), caller.heard(), "the other one has wished nothing");
        assertEquals(1, tens.asked.size());
        assertEquals(1, meters.paused().count());
        interpreter.wish(Party.DESTINATION, ListenerWishes.NONE);
        say(caller, 7);
        destination.play();
        assertEquals(List.of(70), destination.heard());
        assertEquals(List.of(), availability, "nothing was lacking");
    }

    @Test
    void what_sounds_ends_at_once_and_the_voice_is_back_when_they_pause() {
        voice.samples = 8000;
        Interpreter interpreter = start();
        say(caller, 5);
        say(caller, 6);
        destination.playFrame();
        assertEquals("sunk", caller.levels.getLast());
        interpreter.wish(Party.DESTINATION, PAUSED);
        destination.play();
        assertEquals(1, destination.spoken.size());
        assertEquals("risen", caller.levels.getLast());
        assertEquals(2, meters.paused().count());
        assertEquals(0, loop.timers());
    }

    @Test
    void what_an_engine_speaks_by_itself_is_not_heard_either() {
        Interpreter interpreter = startDirect();
        interpreter.wish(Party.DESTINATION, PAUSED);
        tongue.speaks(5);
        loop.settle();
        interpreter.wish(Party.DESTINATION, ListenerWishes.NONE);
        tongue.speaks(6);
        loop.settle();
        destination.play();
        assertEquals(List.of(60), destination.heard());
    }

    @Test
    void an_interpreter_that_begins_again_is_told_what_they_wished() {
        Interpreter first = start();
        first.close();
        Interpreter second = start();
        second.wish(Party.DESTINATION, PAUSED);
        say(caller, 5);
        destination.play();
        assertEquals(List.of(), destination.heard());
        assertTrue(second.speaksTo(Party.DESTINATION));
    }

    @Test
    void nothing_is_spoken_to_whom_nothing_is_translated() {
        Interpreter interpreter = start(ENGLISH, SPANISH, false);
        assertTrue(interpreter.speaksTo(Party.DESTINATION));
        assertFalse(interpreter.speaksTo(Party.CALLER));
    }

    @Test
    void the_last_translation_is_heard_again_as_often_as_they_want_and_asked_for_once() {
        Interpreter interpreter = start();
        interpreter.repeat(Party.DESTINATION);
        destination.play();
        assertEquals(List.of(), destination.heard(), "nothing was said yet");
        say(caller, 5);
        destination.play();
        say(caller, 6);
        destination.play();
        int told = progress.size();
        interpreter.repeat(Party.DESTINATION);
        destination.play();
        say(caller, 7);
        interpreter.repeat(Party.DESTINATION);
        destination.play();
        assertEquals(List.of(50, 60, 70, 60), firstTwoAndLast());
        assertEquals(3, tens.asked.size());
        assertEquals(3, meters.spoken().count());
        assertTrue(
                progress.subList(told, progress.size()).stream()
                        .allMatch(step -> step.said().equals("7")),
                "nothing is told of what was heard before");
        assertEquals("risen", caller.levels.getLast());
    }

    private List<Integer> firstTwoAndLast() {
        List<Integer> heard = destination.heard();
        assertEquals(4, heard.size(), heard::toString);
        return heard;
    }
}
