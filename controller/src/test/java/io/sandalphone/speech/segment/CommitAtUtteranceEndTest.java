package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.TranscriptEvent;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class CommitAtUtteranceEndTest {
    private final CommitPolicy policy = new CommitAtUtteranceEnd();

    @Test
    void each_final_is_committed_whole() {
        assertEquals(
                List.of(new Utterance("good morning", 160, 8000, Optional.empty())),
                policy.commit(
                        new TranscriptEvent.Final(" good morning ", 160, 8000, Optional.empty())));
        assertEquals(
                List.of(new Utterance("how are you", 9600, 16_000, Optional.empty())),
                policy.commit(
                        new TranscriptEvent.Final("how are you", 9600, 16_000, Optional.empty())));
    }

    @Test
    void what_may_still_change_and_what_holds_no_words_commits_nothing() {
        assertEquals(
                List.of(),
                policy.commit(new TranscriptEvent.Partial(List.of(), "", "good", 0, 160)));
        assertEquals(List.of(), policy.commit(new TranscriptEvent.Nothing(0, 160)));
        assertEquals(
                List.of(), policy.commit(new TranscriptEvent.Final(" ", 0, 160, Optional.empty())));
    }
}
