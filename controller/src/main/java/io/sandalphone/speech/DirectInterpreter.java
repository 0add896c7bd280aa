package io.sandalphone.speech;

/// Speech in one language in, speech in another out, without words in between that we would handle.
/// Thread-safe; one serves all calls.
public interface DirectInterpreter extends SpeechPort {
    boolean interprets(Language from, Language to);

    /// Begins to interpret one speaker. Returns at once; what goes wrong later reaches
    /// `listener.onFailure`. `other` of the request is the language to speak.
    ///
    /// `listener` may be called on any thread, by one thread at a time, and never inside a call of
    /// this port.
    Transcription open(TranscriptionRequest request, Listener listener);

    /// Hears what comes of it.
    interface Listener {
        /// The engine is there and listens.
        void onReady();

        /// An utterance of the speaker begins to be spoken in the other language. Positions count
        /// samples on the clock of the frames (8 kHz); the texts are captions, empty where the
        /// engine tells none.
        void onUtterance(String said, String translated, long start, long end);

        /// More of its sound, as 8 kHz mono 16-bit PCM.
        void onAudio(short[] pcm);

        /// All of its sound was handed over.
        void onUtteranceSpoken();

        /// Lost: nothing more will come of it, and it need not be closed.
        void onFailure(SpeechException failure);
    }
}
