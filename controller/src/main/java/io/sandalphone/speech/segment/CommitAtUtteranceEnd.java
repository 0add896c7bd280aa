package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;

import java.util.List;

/// Commits the words of each utterance whole, once the recognizer calls them final.
public final class CommitAtUtteranceEnd implements CommitPolicy {
    @Override
    public List<Utterance> commit(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Final(var text, var start, var end, var language, _)
                    when !text.isBlank() ->
                    List.of(new Utterance(text.strip(), start, end, language));
            case TranscriptEvent.Final _, TranscriptEvent.Partial _, TranscriptEvent.Nothing _ ->
                    List.of();
        };
    }
}
