package io.sandalphone.speech.segment;

import io.sandalphone.speech.Language;

import java.util.Optional;

/// Speech of one speaker that is translated as one, and will not change any more: an utterance, or a clause
/// of one. Positions count samples on the speaker's clock (8 kHz). `language` is the one that was spoken, where
/// the recognizer knows.
public record Utterance(
        String text, long startPosition, long endPosition, Optional<Language> language) {
    /// The same place with another text.
    public Utterance withText(String other) {
        return new Utterance(other, startPosition, endPosition, language);
    }
}
