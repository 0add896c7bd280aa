package io.sandalphone.speech;

/// Speech in one language in, speech in another out, without words in between that we would handle.
/// Thread-safe; one serves all calls.
public interface DirectInterpreter extends SpeechPort {
    /// Whether it speaks in `to` what is said in `from`; never when those are the same.
    boolean interprets(Language from, Language to);

    /// Begins to interpret one speaker; `other` of the request is the language to speak. Returns at
    /// once; what goes wrong later reaches `listener.onFailure`: at once, as a wrong
    /// [request][SpeechException.Kind#REQUEST], when it does not interpret between the languages.
    ///
    /// Every utterance whose end is passed to the transcription is answered once, in the order in which
    /// they were said and one after the other: spoken in the other language, or with
    /// [Listener#onNothing]. An engine that finds ends by itself may answer several by one, or one
    /// in parts. After [Transcription#close] no more events come, whatever of an answer was still to
    /// come.
    ///
    /// `listener` may be called on any thread, by one thread at a time, and never inside a call of
    /// this port.
    Transcription open(TranscriptionRequest request, Listener listener);

    /// Hears what comes of it. Positions count samples on the clock of the frames (8 kHz) and never
    /// go back from one answer to the next.
    interface Listener {
        /// The engine is there and listens: once, before the first answer.
        void onReady();

        /// An utterance of the speaker begins to be spoken in the other language. The texts are
        /// captions, empty where the engine tells none.
        void onUtterance(String said, String translated, long start, long end);

        /// More of its sound: 8 kHz mono 16-bit PCM of any length, as soon as it is there, sooner
        /// than it can be heard. `pcm` belongs to the listener from here on.
        void onAudio(short[] pcm);

        /// All of its sound was handed over.
        void onUtteranceSpoken();

        /// The rest of its sound will never come.
        void onUtteranceBroken();

        /// An utterance ended in which there was nothing to interpret.
        void onNothing(long start, long end);

        /// Lost: nothing more will come of it, nor of the utterance that was being spoken, and it need
        /// not be closed.
        void onFailure(SpeechException failure);
    }
}
