package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;

/// Hears where one speaker's utterances begin and end, and what lies between. Always in the order
/// [#started], one [#frame] or more, [#ended].
public interface UtteranceListener {
    /// An utterance began at `position`, that of its first frame.
    void started(long position);

    /// The utterance's next 20 ms, without gaps: what was lost within an utterance is silence here.
    void frame(AudioFrame frame);

    /// The utterance ended. `position` is the end of the last frame that held speech, not of the
    /// silence by which the end was known.
    void ended(long position);
}
