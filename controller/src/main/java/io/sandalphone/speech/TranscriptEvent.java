package io.sandalphone.speech;

import java.util.Optional;

/// What a recognizer says it heard. Positions count samples on the clock of the frames it was given
/// (8 kHz).
public sealed interface TranscriptEvent {
    /// The words of an utterance that goes on: first those that will not change any more, then those
    /// that may. Either may be empty; both are where the recognizer has listened and found no words so
    /// far. The settled ones end at `settledEnd`, which is `start` when there are none: whoever hears
    /// the rest of the utterance need not hear what is before it.
    record Partial(String settled, String tentative, long start, long settledEnd, long end)
            implements TranscriptEvent {}

    /// How sure a recognizer must be of a language, 0 to 1, to know it.
    double SURE = 0.5;

    /// Words that will not change any more: all the words of one utterance since the last final.
    /// `language` is the one that was spoken, where the recognizer knows: not where it is less than
    /// [#SURE] of it.
    record Final(String text, long start, long end, Optional<Language> language)
            implements TranscriptEvent {}

    /// An utterance ended and held no words.
    record Nothing(long start, long end) implements TranscriptEvent {}
}
