package io.sandalphone.speech.resilience;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

import java.util.ArrayList;
import java.util.List;

/// Listens through the first transcriber that works. When it fails in the middle of a call the next
/// takes over, and gives way again once a preferred one is back. Thread-safe.
final class FallbackTranscriber extends Fallback<Transcriber> implements Transcriber {
    private final ResilienceSettings.Transcription settings;
    private final Threads waiting;

    FallbackTranscriber(
            List<ProviderGate<Transcriber>> guards,
            ResilienceSettings.Transcription settings,
            Threads waiting) {
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
        return FallbackTranscription.begin(
                able(request), settings.failover(), waiting, outlet(listener));
    }

    /// Those that understand the speaker, in the order in which they are tried.
    List<ListeningProvider<?>> able(TranscriptionRequest request) {
        List<ListeningProvider<?>> able = new ArrayList<>();
        for (ProviderGate<Transcriber> guard : guards()) {
            if (guard.port().understands(request.language())) {
                able.add(ListeningProvider.of(guard, settings.readyTimeout(), request));
            }
        }
        return able;
    }

    private static FallbackTranscription.Outlet outlet(TranscriptListener listener) {
        return new FallbackTranscription.Outlet() {
            @Override
            public void ready() {
                listener.onReady();
            }

            @Override
            public void transcript(TranscriptEvent event) {
                listener.onTranscript(event);
            }

            @Override
            public void broken() {
                throw new IllegalStateException("a transcript comes whole");
            }

            @Override
            public void lost(SpeechException failure) {
                listener.onFailure(failure);
            }
        };
    }
}
