package io.sandalphone.speech.resilience;

import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.resilience.FailoverPolicy.Saying;

import java.time.Duration;

/// One of those that can be asked to listen to a speaker, whatever it makes of them.
///
/// @param guard stands before it
/// @param deadlines what it is met with
/// @param opening asks it to listen
record ListeningProvider<P extends SpeechPort>(
        ProviderGate<P> guard, Deadlines deadlines, Opening<P> opening) {
    /// Asks `port` to listen; what it says goes to `events`.
    @FunctionalInterface
    interface Opening<P> {
        Transcription open(P port, EngineListener events);
    }

    /// Hears what one provider says of one speaker.
    interface EngineListener {
        void ready();

        void says(Saying saying);

        void lost(SpeechException failure);
    }

    Transcription open(EngineListener events) {
        return opening.open(guard.port(), events);
    }

    /// A recognizer, which may take `ready` until it listens.
    static ListeningProvider<Transcriber> of(
            ProviderGate<Transcriber> guard, Duration ready, TranscriptionRequest request) {
        return new ListeningProvider<>(
                guard,
                Deadlines.ofRecognizer(ready, guard.port().answerTimeout()),
                (transcriber, events) -> transcriber.open(request, new Words(events)));
    }

    /// A direct interpreter, whose speech goes to `listener`.
    static ListeningProvider<DirectInterpreter> of(
            ProviderGate<DirectInterpreter> guard,
            Deadlines deadlines,
            TranscriptionRequest request,
            DirectInterpreter.Listener listener) {
        return new ListeningProvider<>(
                guard,
                deadlines,
                (interpreter, events) -> interpreter.open(request, new Speech(events, listener)));
    }

    private record Words(EngineListener events) implements TranscriptListener {
        @Override
        public void onReady() {
            events.ready();
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            events.says(FailoverPolicy.Words.of(event));
        }

        @Override
        public void onFailure(SpeechException failure) {
            events.lost(failure);
        }
    }

    /// Told by one thread at a time.
    private static final class Speech implements DirectInterpreter.Listener {
        private final EngineListener events;
        private final DirectInterpreter.Listener listener;

        /// Where the utterance ends that is being spoken.
        private volatile long spokenUntil;

        Speech(EngineListener events, DirectInterpreter.Listener listener) {
            this.events = events;
            this.listener = listener;
        }

        @Override
        public void onReady() {
            events.ready();
        }

        @Override
        public void onUtterance(String said, String translated, long start, long end) {
            spokenUntil = end;
            events.says(
                    new FailoverPolicy.Speech(
                            () -> listener.onUtterance(said, translated, start, end),
                            end,
                            true,
                            true));
        }

        @Override
        public void onAudio(short[] pcm) {
            events.says(
                    new FailoverPolicy.Speech(
                            () -> listener.onAudio(pcm), spokenUntil, false, true));
        }

        @Override
        public void onUtteranceSpoken() {
            events.says(
                    new FailoverPolicy.Speech(
                            listener::onUtteranceSpoken, spokenUntil, false, false));
        }

        @Override
        public void onUtteranceBroken() {
            events.says(
                    new FailoverPolicy.Speech(
                            listener::onUtteranceBroken, spokenUntil, false, false));
        }

        @Override
        public void onNothing(long start, long end) {
            events.says(
                    new FailoverPolicy.Speech(
                            () -> listener.onNothing(start, end), end, true, false));
        }

        @Override
        public void onFailure(SpeechException failure) {
            events.lost(failure);
        }
    }
}
