package io.sandalphone.speech;

import java.util.Optional;
import java.util.OptionalDouble;

/// What a recognizer says it heard. Positions count samples on the clock of the frames it was given
/// (8 kHz).
public sealed interface TranscriptEvent {
    /// The words of an utterance that goes on: first those that will not change any more, then those
    /// that are unlikely to, then those that may well. Each may be empty; all are where the recognizer has
    /// listened and found no words so far.
    ///
    /// The settled ones end at `settledEnd`, which is `start` when there are none: whoever hears the rest
    /// of the utterance need not hear what is before it.
    ///
    /// The stable ones are those of which a recognizer that decodes the same sound again and again has
    /// stayed of one opinion. In the partials of one utterance they are only ever added to; the final
    /// words may contradict them all the same, and then those count.
    record Partial(
            String settled, String stable, String tentative, long start, long settledEnd, long end)
            implements TranscriptEvent {
        /// Without stable words.
        public Partial(String settled, String tentative, long start, long settledEnd, long end) {
            this(settled, "", tentative, start, settledEnd, end);
        }
    }

    /// How sure a recognizer must be of a language, 0 to 1, to know it.
    double SURE = 0.5;

    /// Words that will not change any more: all the words of one utterance since the last final.
    /// `language` is the one that was spoken, where the recognizer knows: not where it is less than
    /// [#SURE] of it. `confidence` is how sure it is of the words, 0 to 1, where it says; each recognizer
    /// has its own scale.
    record Final(
            String text,
            long start,
            long end,
            Optional<Language> language,
            OptionalDouble confidence)
            implements TranscriptEvent {
        public Final {
            if (confidence.isPresent()
                    && !(confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1)) {
                throw new IllegalArgumentException("confidence " + confidence.getAsDouble());
            }
        }

        /// Of a recognizer that does not say how sure it is.
        public Final(String text, long start, long end, Optional<Language> language) {
            this(text, start, end, language, OptionalDouble.empty());
        }
    }

    /// An utterance ended and held no words.
    record Nothing(long start, long end) implements TranscriptEvent {}
}
