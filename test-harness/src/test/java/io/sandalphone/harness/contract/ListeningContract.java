package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.SpeechException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

/// What every port does that listens to people, judged by a [Rehearsal].
public abstract class ListeningContract {
    /// How much earlier or later than the voice detector an engine may see words: one second.
    private static final long NEAR = 8000;

    protected final Candidate candidate;

    protected ListeningContract(Candidate candidate) {
        this.candidate = candidate;
    }

    /// What the candidate made of its speakers; over when this returns.
    protected abstract Rehearsal rehearsal();

    @BeforeEach
    void require() {
        candidate.require();
    }

    @Test
    void every_utterance_is_answered_once_and_in_order() {
        Rehearsal.Speaker talker = rehearsal().talker();
        assertEquals(talker.phrases(), talker.hearing().words(), talker::toString);
        assertEquals(talker.phrases().size(), talker.hearing().ends().size());
    }

    @Test
    void two_speakers_at_once_are_not_mixed() {
        Rehearsal.Speaker second = rehearsal().second();
        assertEquals(second.phrases(), second.hearing().words(), second::toString);
    }

    @Test
    void positions_are_on_the_clock_of_the_frames_over_gaps_too() {
        RehearsedListening hearing = rehearsal().talker().hearing();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < hearing.answers().size(); i++) {
            RehearsedListening.Answer answer = hearing.answers().get(i);
            String where = answer.start() + " to " + answer.end();
            assertTrue(answer.start() >= last && answer.end() > answer.start(), where);
            last = answer.end();
            long began = hearing.starts().get(i);
            long ended = hearing.ends().get(i);
            assertTrue(
                    answer.start() > began - NEAR
                            && answer.start() < ended
                            && answer.end() > began
                            && answer.end() < ended + NEAR,
                    () -> "%s for %d to %d".formatted(where, began, ended));
        }
    }

    @Test
    void silence_is_answered_with_nothing() {
        Rehearsal.Speaker silent = rehearsal().silent();
        assertEquals(List.of(""), silent.hearing().words(), silent::toString);
    }

    @Test
    void a_language_it_does_not_know_is_a_wrong_request() {
        assertFalse(rehearsal().takesForeigner());
        List<Object> told = rehearsal().foreigner().told();
        assertEquals(1, told.size(), told::toString);
        var refusal = assertInstanceOf(SpeechException.class, told.getFirst());
        assertEquals(SpeechException.Kind.REQUEST, refusal.kind());
    }

    @Test
    void listeners_are_told_by_one_thread_from_ready_to_close_and_never_inside_a_call() {
        Rehearsal rehearsal = rehearsal();
        Stream.of(rehearsal.talker(), rehearsal.second(), rehearsal.silent(), rehearsal.leaver())
                .map(Rehearsal.Speaker::hearing)
                .forEach(hearing -> assertEquals(List.of(), hearing.breaches()));
        assertEquals(List.of(), rehearsal.foreigner().breaches());
        assertEquals(RehearsedListening.READY, rehearsal.talker().hearing().told().getFirst());
    }

    @Test
    void the_time_it_listened_is_told_with_its_tariff() {
        List<RecordedUsage.Item> items = rehearsal().usage().items();
        List<String> tariffs = items.stream().map(RecordedUsage.Item::tariff).distinct().toList();
        assertEquals(candidate.leader().tariff().stream().toList(), tariffs);
        assertTrue(items.stream().allMatch(item -> item.what().equals("listened")));
        long told = items.stream().mapToLong(RecordedUsage.Item::amount).sum();
        assertTrue(
                tariffs.isEmpty() || told >= rehearsal().leastMillis(),
                () -> told + " ms told of " + rehearsal().leastMillis());
    }
}
