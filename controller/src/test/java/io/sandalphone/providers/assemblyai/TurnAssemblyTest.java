package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.providers.assemblyai.ServerMessage.Word;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;
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
    private final TurnAssembly turns = new TurnAssembly(clock(START), speech, meters, true);

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
                OptionalLong.of(order),
                ended,
                true,
                transcript,
                words,
                Optional.of(new Language("es")));
    }

    /// Words of 80 ms, 100 ms after one another, as [#turn] has them.
    private static Partial partial(int settled, long end, String... said) {
        List<TranscriptEvent.Word> words = new ArrayList<>();
        for (int i = 0; i < said.length; i++) {
            words.add(new TranscriptEvent.Word(said[i], START + i * 800L, START + i * 800L + 640));
        }
        return new Partial(
                words.subList(0, settled), words.subList(settled, said.length), "", "", START, end);
    }

    @Test
    void words_that_are_final_have_settled_and_the_one_behind_them_will() {
        assertEquals(
                List.of(partial(1, START + 1440, "buenos", "dí")),
                turns.accept(turn(0, false, "buenos", "buenos", "dí…")));
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
        var revising = new TurnAssembly(clock(START), speech, meters, false);
        assertEquals(
                List.of(new Partial(List.of(), "", "son he", START, START + 1440)),
                revising.accept(turn(0, false, "son he", "son…", "he…")));
    }

    @Test
    void settled_words_are_not_taken_back_and_formatting_is_no_change() {
        turns.accept(turn(0, false, "one two", "one", "two"));

        assertEquals(
                List.of(partial(2, START + 2240, "one", "two")),
                turns.accept(turn(0, false, "won two three", "won", "two", "three")));
        assertEquals(1, meters.rewrittenWords().count());
        assertEquals(
                List.of(partial(3, START + 2240, "One", "two,", "three")),
                turns.accept(turn(0, false, "One two, three", "One", "two,", "three")));
        assertEquals(1, meters.rewrittenWords().count());
    }

    @Test
    void words_without_times_lie_where_there_was_speech() {
        speech.started(START + 8000);
        speech.ended(START + 16_000, 0);
        Turn untimed =
                new Turn(OptionalLong.of(0), true, true, "hola", List.of(), Optional.empty());

        assertEquals(
                List.of(new Final("hola", START + 8000, START + 16_000, Optional.empty())),
                turns.accept(untimed));
    }

    @Test
    void a_turn_whose_end_is_not_told_ends_when_the_next_begins() {
        turns.accept(turn(0, false, "one", "one", "tw…"));

        assertEquals(
                new Final("one", START, START + 1440, Optional.empty()),
                turns.accept(turn(1, false, "", "six…")).getFirst());
        assertEquals(1, meters.unendedTurns().count());
    }
}
