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
    /// Asks `port` to listen; what it says goes to `ear`.
    @FunctionalInterface
    interface Opening<P> {
        Transcription open(P port, Ear ear);
    }

    /// Hears what one provider says of one speaker.
    interface Ear {
        void ready();

        void says(Saying saying);

        void lost(SpeechException failure);
    }

    Transcription open(Ear ear) {
        return opening.open(guard.port(), ear);
    }

    /// A recognizer, which may take `ready` until it listens.
    static ListeningProvider<Transcriber> of(
            ProviderGate<Transcriber> guard, Duration ready, TranscriptionRequest request) {
        return new ListeningProvider<>(
                guard,
                Deadlines.ofRecognizer(ready, guard.port().answerTimeout()),
                (transcriber, ear) -> transcriber.open(request, new Words(ear)));
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
                (interpreter, ear) -> interpreter.open(request, new Speech(ear, listener)));
    }

    private record Words(Ear ear) implements TranscriptListener {
        @Override
        public void onReady() {
            ear.ready();
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            ear.says(FailoverPolicy.Words.of(event));
        }

        @Override
        public void onFailure(SpeechException failure) {
            ear.lost(failure);
        }
    }

    /// Told by one thread at a time.
    private static final class Speech implements DirectInterpreter.Listener {
        private final Ear ear;
        private final DirectInterpreter.Listener listener;

        /// Where the utterance ends that is being spoken.
        private volatile long spokenUntil;

        Speech(Ear ear, DirectInterpreter.Listener listener) {
            this.ear = ear;
            this.listener = listener;
        }

        @Override
        public void onReady() {
            ear.ready();
        }

        @Override
        public void onUtterance(String said, String translated, long start, long end) {
            spokenUntil = end;
            ear.says(
                    new FailoverPolicy.Speech(
                            () -> listener.onUtterance(said, translated, start, end),
                            end,
                            true,
                            true));
        }

        @Override
        public void onAudio(short[] pcm) {
            ear.says(
                    new FailoverPolicy.Speech(
                            () -> listener.onAudio(pcm), spokenUntil, false, true));
        }

        @Override
        public void onUtteranceSpoken() {
            ear.says(
                    new FailoverPolicy.Speech(
                            listener::onUtteranceSpoken, spokenUntil, false, false));
        }

        @Override
        public void onUtteranceBroken() {
            ear.says(
                    new FailoverPolicy.Speech(
                            listener::onUtteranceBroken, spokenUntil, false, false));
        }

        @Override
        public void onNothing(long start, long end) {
            ear.says(
                    new FailoverPolicy.Speech(
                            () -> listener.onNothing(start, end), end, true, false));
        }

        @Override
        public void onFailure(SpeechException failure) {
            ear.lost(failure);
        }
    }
}
