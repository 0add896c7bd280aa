package io.sandalphone.speech;

/// Streaming recognition: turns one speaker's sound into words. Thread-safe; one serves all calls.
public interface Transcriber extends SpeechPort {
    /// Whether it recognises `language`.
    boolean understands(Language language);

    /// Begins to listen to one speaker. Returns at once; what goes wrong later reaches
    /// `listener.onFailure`: at once, as a wrong [request][SpeechException.Kind#REQUEST], when it does
    /// not understand the language.
    ///
    /// `listener` may be called on any thread, by one thread at a time, and never inside a call of
    /// this port.
    Transcription open(TranscriptionRequest request, TranscriptListener listener);
}
