package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.List;

/// Words of one speaker that are not committed yet, the oldest first.
///
/// @param words of which the first `settled` will not change any more. The one behind those may turn out to be another one, or
///     longer than it is yet: it shows only what they go on with
/// @param followed whether they follow on words that the speaker said just before
/// @param paused whether the speaker has paused behind the last of them, so that they may be all that is said
public record OpenWords(List<Word> words, int settled, boolean followed, boolean paused) {
    public OpenWords {
        if (settled < 0 || settled > words.size()) {
            throw new IllegalArgumentException(settled + " settled of " + words.size());
        }
    }

    /// Those that will not change.
    List<Word> certain() {
        return words.subList(0, settled);
    }
}
