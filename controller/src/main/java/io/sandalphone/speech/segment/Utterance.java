package io.sandalphone.speech.segment;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;

import java.util.Optional;

/// Speech of one speaker that is translated as one, and will not change any more: an utterance, or a clause
/// of one. Positions count samples on the speaker's clock (8 kHz). `language` is the one that was spoken, where
/// the recognizer knows.
public record Utterance(
        String text, long startPosition, long endPosition, Optional<Language> language) {
    /// All that a recognizer has told of an utterance that goes on; empty where there are no words.
    static Optional<Utterance> soFar(TranscriptEvent.Partial partial) {
        String text = partial.text();
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new Utterance(text, partial.start(), partial.end(), Optional.empty()));
    }

    /// The same place with another text.
    public Utterance withText(String other) {
        return new Utterance(other, startPosition, endPosition, language);
    }
}
