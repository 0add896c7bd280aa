package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;

import java.util.List;

/// Decides when one speaker's words are settled enough to be translated and spoken. What is
/// committed is never taken back.
public interface CommitPolicy {
    /// What `event`, the speaker's next, settles: mostly nothing, sometimes one utterance or more, in
    /// the order spoken.
    List<Utterance> commit(TranscriptEvent event);
}
