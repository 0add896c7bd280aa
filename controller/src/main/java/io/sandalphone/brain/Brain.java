package io.sandalphone.brain;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechPort;

/// Knows what to answer: words in, words out. It neither hears nor speaks; one that does both itself, as speech-to-speech
/// models do, is a port of its own beside this one. Thread-safe; one serves all calls, and keeps nothing of them
/// between two requests but what the [call's id][CallFacts#callId] names at its own service.
///
/// Its failures are those of the speech ports, and are met as theirs are ([SpeechException.Kind]).
public interface Brain extends SpeechPort {
    /// Whether it converses in `language`. What it is asked in another is a wrong
    /// [request][SpeechException.Kind#REQUEST].
    boolean converses(Language language);

    /// Answers what the caller said last. What it says goes to `out` piece by piece as it comes, on the thread that asks;
    /// when the method returns, that was all. It may have said nothing.
    ///
    /// Blocks until then: call it from a virtual thread. An interrupt ends it, and the work at the vendor as well: the
    /// caller has interrupted, or hung up. Nothing goes to `out` once it has returned or thrown.
    ///
    /// @throws SpeechException what came before it stands, and was probably spoken
    void answer(BrainRequest request, BrainReply out) throws SpeechException, InterruptedException;
}
