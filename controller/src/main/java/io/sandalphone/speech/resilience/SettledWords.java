package io.sandalphone.speech.resilience;

import io.sandalphone.speech.TranscriptEvent;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Words of an utterance that goes on and will not change any more, kept over the loss of the
/// recognizer that told them: the next one hears the rest of the utterance alone, and the words are put
/// before what it tells. Knows no time but positions. One thread at a time.
final class SettledWords {
    private record Words(String text, long start, long end) {}

    /// From recognizers before this one.
    private @Nullable Words carried;

    /// All that has settled, what was carried included.
    private @Nullable Words settled;

    /// `event` of the present recognizer, with what others had told of the same utterance before it.
    TranscriptEvent complete(TranscriptEvent event) {
        Words before = carried;
        return switch (event) {
            case TranscriptEvent.Partial(
                            var words,
                            var stable,
                            var tentative,
                            long start,
                            long settledEnd,
                            long end) -> {
                if (before == null) {
                    settled = words.isEmpty() ? null : new Words(words, start, settledEnd);
                    yield event;
                }
                Words all =
                        words.isEmpty()
                                ? before
                                : new Words(before.text + " " + words, before.start, settledEnd);
                settled = all;
                yield new TranscriptEvent.Partial(
                        all.text, stable, tentative, all.start, all.end, Math.max(all.end, end));
            }
            case TranscriptEvent.Final(
                            var words,
                            long _,
                            long end,
                            var language,
                            var confidence) -> {
                clear();
                yield before == null
                        ? event
                        : new TranscriptEvent.Final(
                                before.text + " " + words, before.start, end, language, confidence);
            }
            case TranscriptEvent.Nothing(long start, long end) -> ended(start, end);
        };
    }

    /// The utterance is over, and there will be no more words of it: what there were.
    TranscriptEvent ended(long start, long end) {
        Words all = settled == null ? carried : settled;
        clear();
        return all == null
                ? new TranscriptEvent.Nothing(start, end)
                : new TranscriptEvent.Final(
                        all.text, all.start, Math.max(all.end, end), Optional.empty());
    }

    /// The present recognizer is lost in the middle of the utterance.
    void carry() {
        carried = settled == null ? carried : settled;
        settled = null;
    }

    /// Where the words end that have settled; empty when none have.
    Optional<Long> end() {
        Words all = settled == null ? carried : settled;
        return all == null ? Optional.empty() : Optional.of(all.end);
    }

    private void clear() {
        carried = null;
        settled = null;
    }
}
