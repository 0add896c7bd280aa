package io.sandalphone.speech;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a recognizer says it heard. Positions count samples on the clock of the frames it was given
/// (8 kHz).
public sealed interface TranscriptEvent {
    /// The words of an utterance that goes on: first those that will not change any more, then the newest,
    /// then those that are unlikely to change, then those that may well. Each may be empty; all are where the
    /// recognizer has listened and found no words so far.
    ///
    /// The settled ones are in the order spoken, each with its place; in the partials of one utterance
    /// they are only ever added to, but for their spelling. Whoever hears the rest of the utterance need not
    /// hear what is before [#settledEnd].
    ///
    /// The newest ones are of a recognizer whose words settle one after another: they settle as it goes on,
    /// and the last may be the beginning of a word only, unless the speaker has paused behind it.
    ///
    /// The stable ones are those of which a recognizer that decodes the same sound again and again has
    /// stayed of one opinion. In the partials of one utterance they are only ever added to; the final
    /// words may contradict them all the same, and then those count.
    record Partial(
            List<Word> words,
            List<Word> newest,
            String stable,
            String tentative,
            long start,
            long end)
            implements TranscriptEvent {
        public Partial {
            words = List.copyOf(words);
            newest = List.copyOf(newest);
        }

        /// Without newest words.
        public Partial(List<Word> words, String stable, String tentative, long start, long end) {
            this(words, List.of(), stable, tentative, start, end);
        }

        /// The words that have settled or will, in their order.
        public List<Word> settling() {
            return Stream.concat(words.stream(), newest.stream()).toList();
        }

        /// All the words there are, as a text.
        public String text() {
            return Stream.concat(settling().stream().map(Word::text), Stream.of(stable, tentative))
                    .filter(text -> !text.isBlank())
                    .collect(Collectors.joining(" "));
        }

        /// The settled words as a text.
        public String settled() {
            return words.stream().map(Word::text).collect(Collectors.joining(" "));
        }

        /// Where the settled words end; the beginning of the utterance when there are none.
        public long settledEnd() {
            return words.isEmpty() ? start : words.getLast().end();
        }
    }

    /// One settled word, which may be more than one by its text, and where it lies.
    record Word(String text, long start, long end) {}

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
