package io.sandalphone.speech;

/// Hears what a [Transcription] makes of the sound.
public interface TranscriptListener {
    /// The engine is there and listens: once, before the first transcript.
    void onReady();

    void onTranscript(TranscriptEvent event);

    /// The transcription is lost: nothing more will come of it, and it need not be closed.
    void onFailure(SpeechException failure);
}
