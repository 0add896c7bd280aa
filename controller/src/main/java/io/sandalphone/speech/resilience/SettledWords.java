package io.sandalphone.speech.resilience;

import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words of an utterance that goes on and will not change any more, kept over the loss of the
/// recognizer that told them: the next one hears the rest of the utterance alone, and the words are put
/// before what it tells. Knows no time but positions. One thread at a time.
final class SettledWords {
    /// What recognizers before this one had told; empty when there is none.
    private List<Word> carried = List.of();

    /// All that has settled, what was carried included.
    private List<Word> settled = List.of();

    /// `event` of the present recognizer, with what others had told of the same utterance before it.
    TranscriptEvent complete(TranscriptEvent event) {
        List<Word> before = carried;
        return switch (event) {
            case TranscriptEvent.Partial partial -> {
                settled = partial.words();
                if (before.isEmpty()) {
                    yield event;
                }
                settled = Stream.concat(before.stream(), settled.stream()).toList();
                yield new TranscriptEvent.Partial(
                        settled,
                        partial.newest(),
                        partial.stable(),
                        partial.tentative(),
                        settled.getFirst().start(),
                        Math.max(settled.getLast().end(), partial.end()));
            }
            case TranscriptEvent.Final(
                            var words,
                            long _,
                            long end,
                            var language,
                            var confidence) -> {
                clear();
                yield before.isEmpty()
                        ? event
                        : new TranscriptEvent.Final(
                                text(before) + " " + words,
                                before.getFirst().start(),
                                end,
                                language,
                                confidence);
            }
            case TranscriptEvent.Nothing(long start, long end) -> ended(start, end);
        };
    }

    /// The utterance is over, and there will be no more words of it: what there were.
    TranscriptEvent ended(long start, long end) {
        List<Word> all = all();
        clear();
        return all.isEmpty()
                ? new TranscriptEvent.Nothing(start, end)
                : new TranscriptEvent.Final(
                        text(all),
                        all.getFirst().start(),
                        Math.max(all.getLast().end(), end),
                        Optional.empty());
    }

    /// The present recognizer is lost in the middle of the utterance.
    void carry() {
        carried = all();
        settled = List.of();
    }

    /// Where the words end that have settled; empty when none have.
    Optional<Long> end() {
        List<Word> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().end());
    }

    private List<Word> all() {
        return settled.isEmpty() ? carried : settled;
    }

    private static String text(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    private void clear() {
        carried = List.of();
        settled = List.of();
    }
}
