package io.sandalphone.speech.resilience;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

import java.util.List;

/// Listens through the first transcriber that works. When it fails in the middle of a call the next
/// takes over, and gives way again once a preferred one is back. Thread-safe.
final class FallbackTranscriber extends Fallback<Transcriber> implements Transcriber {
    private final ResilienceSettings.Transcribing settings;
    private final Waiting waiting;

    FallbackTranscriber(
            List<Guard<Transcriber>> guards,
            ResilienceSettings.Transcribing settings,
            Waiting waiting) {
        super(guards);
        this.settings = settings;
        this.waiting = waiting;
    }

    @Override
    public boolean understands(Language language) {
        return guards().stream().anyMatch(guard -> guard.port().understands(language));
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        List<Guard<Transcriber>> able =
                guards().stream()
                        .filter(guard -> guard.port().understands(request.language()))
                        .toList();
        var transcription = new FallbackTranscription(able, settings, waiting, request, listener);
        transcription.begin();
        return transcription;
    }
}
