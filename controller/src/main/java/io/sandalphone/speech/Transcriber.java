package io.sandalphone.speech;

import java.time.Duration;
import java.util.Optional;

/// Streaming recognition: turns one speaker's sound into words. Thread-safe; one serves all calls.
public interface Transcriber extends SpeechPort {
    /// Whether it recognises `language`.
    boolean understands(Language language);

    /// How long words may take before it counts as stalled: the next ones while somebody speaks, and the
    /// answer after an utterance. Empty for one that notices by itself when it hangs, and answers every
    /// utterance.
    default Optional<Duration> answerTimeout() {
        return Optional.empty();
    }

    /// Begins to listen to one speaker. Returns at once; what goes wrong later reaches
    /// `listener.onFailure`: at once, as a wrong [request][SpeechException.Kind#REQUEST], when it does
    /// not understand the language.
    ///
    /// What is lost is lost: it opens no other session in place of one that broke. Whoever opened it
    /// gets the failure and decides.
    ///
    /// `listener` may be called on any thread, by one thread at a time, and never inside a call of
    /// this port.
    Transcription open(TranscriptionRequest request, TranscriptListener listener);
}
