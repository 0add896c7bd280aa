package io.sandalphone.speech.resilience;

import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ReservedInterpreter;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Interprets through the first direct interpreter that works, and while none does hears through a
/// recognizer. When one fails in the middle of a call the next takes over, and gives way again once a
/// preferred one is back. Thread-safe.
final class FallbackInterpreter extends Fallback<DirectInterpreter> implements ReservedInterpreter {
    private final FallbackTranscriber reserve;
    private final ResilienceSettings.Direct settings;
    private final Threads waiting;

    FallbackInterpreter(
            List<ProviderGate<DirectInterpreter>> guards,
            FallbackTranscriber reserve,
            ResilienceSettings.Direct settings,
            Threads waiting) {
        super(guards);
        this.reserve = reserve;
        this.settings = settings;
        this.waiting = waiting;
    }

    @Override
    public boolean interprets(Language from, Language to) {
        return guards().stream().anyMatch(guard -> guard.port().interprets(from, to));
    }

    @Override
    public Transcription open(TranscriptionRequest request, DirectInterpreter.Listener listener) {
        return open(
                able(request, listener),
                listener,
                event -> {
                    throw new IllegalStateException("nobody listens for words");
                });
    }

    @Override
    public Transcription openWithReserve(
            TranscriptionRequest request, ReservedInterpreter.Listener listener) {
        List<ListeningProvider<?>> able = able(request, listener);
        able.addAll(reserve.able(request));
        return open(able, listener, listener::onTranscript);
    }

    private List<ListeningProvider<?>> able(
            TranscriptionRequest request, DirectInterpreter.Listener listener) {
        List<ListeningProvider<?>> able = new ArrayList<>();
        for (ProviderGate<DirectInterpreter> guard : guards()) {
            if (guard.port().interprets(request.language(), request.other())) {
                able.add(ListeningProvider.of(guard, settings.deadlines(), request, listener));
            }
        }
        return able;
    }

    private Transcription open(
            List<ListeningProvider<?>> providers,
            DirectInterpreter.Listener listener,
            Consumer<TranscriptEvent> words) {
        return FallbackTranscription.begin(
                providers, settings.failover(), waiting, outlet(listener, words));
    }

    private static FallbackTranscription.Outlet outlet(
            DirectInterpreter.Listener listener, Consumer<TranscriptEvent> words) {
        return new FallbackTranscription.Outlet() {
            @Override
            public void ready() {
                listener.onReady();
            }

            @Override
            public void transcript(TranscriptEvent event) {
                words.accept(event);
            }

            @Override
            public void broken() {
                listener.onUtteranceBroken();
            }

            @Override
            public void lost(SpeechException failure) {
                listener.onFailure(failure);
            }
        };
    }
}
