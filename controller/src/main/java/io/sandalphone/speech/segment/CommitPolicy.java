package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;

import java.util.List;
import java.util.Optional;

/// Decides when one speaker's words are settled enough to be translated and spoken. What is
/// committed is never taken back.
public interface CommitPolicy {
    /// What `event`, the speaker's next, settles: mostly nothing, sometimes one utterance or more, in
    /// the order spoken.
    List<Utterance> commit(TranscriptEvent event);

    /// What is settled by their not having spoken for a while, or by the words there were when they
    /// [paused][Pause]; with [Pause#NONE] they go on to speak.
    List<Utterance> paused(Pause pause);

    /// What would be committed next, if they were to say nothing more and nothing was to change: a guess,
    /// of which nobody may hear. Empty where there are no words.
    Optional<Utterance> expected();
}
