package io.sandalphone.speech;

/// A direct interpreter with a recognizer in reserve.
public interface ReservedInterpreter extends DirectInterpreter {
    /// As [DirectInterpreter#open]; but while the speaker cannot be interpreted directly the recognizer
    /// listens, and `listener` gets what it understands instead: whoever asked translates and
    /// speaks that itself. What was answered in one way is not answered again in the other.
    Transcription openWithReserve(TranscriptionRequest request, Listener listener);

    /// Hears what comes of it, in sound or in words.
    interface Listener extends DirectInterpreter.Listener, TranscriptListener {
        @Override
        void onReady();

        @Override
        void onFailure(SpeechException failure);
    }
}
