package io.sandalphone.speech;

import io.sandalphone.media.AudioFrame;

/// A recognizer that hears one utterance of a speaker after the other, and no silence between them.
public interface UtteranceRecognizer extends AutoCloseable {
    /// The next 20 ms of an utterance. Frames of one utterance follow each other without gaps:
    /// what was lost within it is silence here.
    void hear(AudioFrame frame);

    /// The utterance ended: its words are wanted. `position` is the end of its speech.
    void utteranceEnded(long position);

    /// The utterance may be complete, or go on: as [Transcription#utterancePaused].
    default void utterancePaused(long position) {}

    /// Nothing more is wanted.
    @Override
    void close();
}
