package io.sandalphone.speech.segment;

/// Hears where one speaker's utterances begin and end, always one after the other.
public interface UtteranceListener {
    /// An utterance began at `position`, before it was found out.
    void started(long position);

    /// Within an utterance nobody has been speaking for `frames` frames (20 ms), since `position`, the end of the
    /// last one that held speech; with 0 they go on to speak.
    default void silent(long position, int frames) {}

    /// The utterance ended. `position` is the end of the last frame that held speech, not of the
    /// silence by which the end was known.
    void ended(long position);

    /// What had begun as an utterance turned out to be no speech. `position` is the end of the last frame
    /// that had been taken for speech.
    /// By default it ended.
    default void refused(long position) {
        ended(position);
    }
}
