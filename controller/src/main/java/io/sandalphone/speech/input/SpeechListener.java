package io.sandalphone.speech.input;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.segment.Pause;

/// Opens the engine of a [SpeechInput] and hears what the voice detector finds. Called on the call's loop.
public interface SpeechListener {
    /// Opens the engine; asked again when it was lost. What it throws is [told][#faulted] back.
    Transcription open();

    /// An utterance began at `position`.
    default void started(long position) {}

    /// For how long the speaker has not been speaking within an utterance, with each frame of it; and that it has ended, as
    /// speech.
    void paused(Pause pause);

    /// The utterance ended; `refused` when it turned out to be no speech.
    default void ended(long position, boolean refused) {}

    /// Opening the engine threw, which is a fault of that engine.
    void faulted(Throwable fault);

    /// The engine could not be opened.
    void notOpened(SpeechException failure);
}
