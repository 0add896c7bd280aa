package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.providers.assemblyai.ServerMessage.Word;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent.Final;
import io.sandalphone.speech.TranscriptEvent.Nothing;
import io.sandalphone.speech.TranscriptEvent.Partial;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class TurnAssemblyTest {
    private static final long START = 80_000;

    private final AssemblyAiMeters meters = AssemblyAiMeters.register(new SimpleMeterRegistry());
    private final SpeechMarks speech = new SpeechMarks();
    private final TurnAssembly turns = TurnAssembly.first(clock(START), speech, meters);

    private static SessionClock clock(long start) {
        var clock = new SessionClock();
        clock.sent(start, 80_000);
        return clock;
    }

    /// A word each 100 ms; those that end in `…` may still change.
    private static Turn turn(int order, boolean ended, String transcript, String... texts) {
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            boolean last = !texts[i].endsWith("…");
            words.add(new Word(texts[i].replace("…", ""), i * 100L, i * 100L + 80, last));
        }
        return new Turn(
                OptionalLong.of(order), ended, transcript, words, Optional.of(new Language("es")));
    }

    @Test
    void final_words_settle_and_the_newest_one_is_tentative() {
        assertEquals(
                List.of(new Partial("buenos", "dí", START, START + 1440)),
                turns.accept(turn(0, false, "buenos", "buenos", "dí…")));
        assertEquals(START + 640, turns.confirmed());
        assertTrue(turns.open());
    }

    @Test
    void a_turn_ends_once_however_often_it_is_told() {
        assertEquals(
                List.of(
                        new Final(
                                "buenos días",
                                START,
                                START + 1440,
                                Optional.of(new Language("es")))),
                turns.accept(turn(0, true, "buenos días", "buenos", "días")));
        assertEquals(List.of(), turns.accept(turn(0, true, "Buenos días.", "Buenos", "días.")));
        assertEquals(List.of(), turns.accept(turn(0, false, "buenos", "buenos")));
        assertEquals(2, meters.duplicateTurns().count());
        assertFalse(turns.open());
    }

    @Test
    void a_turn_without_words_ends_with_nothing() {
        assertEquals(
                List.of(new Nothing(START + 80_000, START + 80_000)),
                turns.accept(turn(0, true, "")));
    }

    @Test
    void a_model_that_revises_settles_nothing() {
        assertEquals(
                List.of(new Partial("", "son he", START, START + 1440)),
                turns.accept(turn(0, false, "son he", "son…", "he…")));
        assertEquals(Long.MIN_VALUE, turns.confirmed());
    }

    @Test
    void settled_words_are_not_taken_back_and_formatting_is_no_change() {
        turns.accept(turn(0, false, "one two", "one", "two"));

        assertEquals(
                List.of(new Partial("one two", "", START, START + 2240)),
                turns.accept(turn(0, false, "won two three", "won", "two", "three")));
        assertEquals(1, meters.rewrittenWords().count());
        assertEquals(
                List.of(new Partial("One two, three", "", START, START + 2240)),
                turns.accept(turn(0, false, "One two, three", "One", "two,", "three")));
        assertEquals(1, meters.rewrittenWords().count());
    }

    @Test
    void the_next_session_goes_on_after_the_words_that_were_final() {
        turns.accept(turn(0, false, "one two", "one", "two", "thr…"));
        TurnAssembly next = turns.next(clock(START + 1440));

        assertEquals(
                List.of(new Partial("one two three", "", START, START + 1440 + 640)),
                next.accept(turn(0, false, "three", "three")));
        assertEquals(
                List.of(
                        new Final(
                                "one two Three.",
                                START,
                                START + 1440 + 640,
                                Optional.of(new Language("es")))),
                next.accept(turn(0, true, "Three.", "Three.")));
        assertFalse(next.open());
    }

    @Test
    void a_turn_given_up_gives_what_had_settled_and_does_not_come_again() {
        assertEquals(Optional.empty(), turns.giveUp(START - 8000));
        turns.accept(turn(0, false, "one", "one", "tw…"));

        assertEquals(
                Optional.of(new Final("one", START, START + 640, Optional.empty())),
                turns.giveUp(START + 1600));
        assertEquals(List.of(), turns.accept(turn(0, true, "one two", "one", "two")));
    }

    @Test
    void words_of_what_was_given_up_come_too_late_and_are_dropped() {
        assertEquals(Optional.empty(), turns.giveUp(START + 1600));

        assertEquals(List.of(), turns.accept(turn(0, false, "one", "one", "tw…")));
        assertFalse(turns.open());
        assertEquals(List.of(), turns.accept(turn(0, true, "one two", "one", "two")));
        assertEquals(2, meters.lateTurns().count());
        assertEquals(START + 1600, turns.confirmed());
    }

    @Test
    void a_turn_that_goes_on_after_what_was_given_up_is_told() {
        turns.giveUp(START + 1600);
        String[] words = {"one", "two", "three", "four", "five", "six"};

        assertEquals(
                List.of(
                        new Final(
                                "one two three four five six",
                                START,
                                START + 4640,
                                Optional.of(new Language("es")))),
                turns.accept(turn(0, true, "one two three four five six", words)));
        assertEquals(0, meters.lateTurns().count());
    }

    @Test
    void the_next_session_knows_what_was_given_up() {
        turns.giveUp(START + 1600);
        TurnAssembly next = turns.next(clock(START));

        assertEquals(List.of(), next.accept(turn(0, true, "one two", "one", "two")));
    }
}
