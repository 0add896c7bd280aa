package io.sandalphone.speech.segment;

/// Speech of one speaker that is translated as one, and will not change any more. `number` counts
/// the speaker's utterances from 1; positions count samples on the speaker's clock (8 kHz).
public record Utterance(long number, String text, long startPosition, long endPosition) {}
