package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;

import java.util.List;
import java.util.Optional;

/// Commits the words of each utterance whole, once the recognizer calls them final.
public final class CommitAtUtteranceEnd implements CommitPolicy {
    private Optional<Utterance> expected = Optional.empty();

    @Override
    public List<Utterance> commit(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Partial partial -> {
                expected = Utterance.soFar(partial);
                yield List.of();
            }
            case TranscriptEvent.Final(var text, long start, long end, var language, _) -> {
                expected = Optional.empty();
                yield text.isBlank()
                        ? List.of()
                        : List.of(new Utterance(text.strip(), start, end, language));
            }
            case TranscriptEvent.Nothing _ -> {
                expected = Optional.empty();
                yield List.of();
            }
        };
    }

    @Override
    public List<Utterance> paused(Pause pause) {
        return List.of();
    }

    @Override
    public Optional<Utterance> expected() {
        return expected;
    }
}
