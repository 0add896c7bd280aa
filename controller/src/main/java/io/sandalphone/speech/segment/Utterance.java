package io.sandalphone.speech.segment;

/// Speech of one speaker that is translated as one, and will not change any more. Positions count
/// samples on the speaker's clock (8 kHz).
public record Utterance(String text, long startPosition, long endPosition) {}
