package io.sandalphone.speech;

/// What a recognizer says it heard. Positions count samples on the clock of the frames it was given
/// (8 kHz).
public sealed interface TranscriptEvent {
    /// Words that may still change.
    record Partial(String text, long start, long end) implements TranscriptEvent {}

    /// Words that will not change any more: all the words of one utterance since the last final.
    record Final(String text, long start, long end) implements TranscriptEvent {}

    /// An utterance ended and held no words.
    record Nothing(long start, long end) implements TranscriptEvent {}
}
