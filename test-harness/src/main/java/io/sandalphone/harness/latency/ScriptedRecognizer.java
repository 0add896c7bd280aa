package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

/// The modelled recognizer in real calls, in each of which one utterance of the set is said: it begins with the first loud sample
/// of its speaker, and its words are those of the script.
///
/// Thread-safe. Listeners are called on `loop`, which is no call's.
final class ScriptedRecognizer implements Transcriber {
    /// What is louder is said, and no noise of a line.
    private static final int LOUD = 300;

    private final Loop loop;
    private final Profile profile;
    private final ModelScript script;
    private final Runnable end;

    /// `end` ends the loop.
    ScriptedRecognizer(Loop loop, Profile profile, ModelScript script, Runnable end) {
        this.loop = loop;
        this.end = end;
        this.profile = profile;
        this.script = script;
    }

    @Override
    public String name() {
        return ModelProvider.NAME;
    }

    @Override
    public boolean understands(Language language) {
        return PolicyRuns.LANGUAGES.stream().anyMatch(language::sameAs);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        loop.execute(listener::onReady);
        return new Listening(request, listener);
    }

    @Override
    public void close() {
        end.run();
    }

    /// One speaker. What the call's loop calls happens on the recognizer's.
    private final class Listening implements Transcription {
        private final TranscriptionRequest request;
        private final TranscriptListener listener;
        private @Nullable Transcription model;
        private volatile boolean closed;

        Listening(TranscriptionRequest request, TranscriptListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public void hear(AudioFrame frame) {
            onLoop(() -> heard(frame));
        }

        private void heard(AudioFrame frame) {
            if (model == null) {
                begin(frame);
            }
            Transcription hearing = model;
            if (hearing != null) {
                hearing.hear(frame);
            }
        }

        private void begin(AudioFrame frame) {
            for (int i = 0; i < frame.pcm().length; i++) {
                if (Math.abs(frame.pcm()[i]) > LOUD) {
                    long from = frame.position() + i;
                    script.line()
                            .filter(line -> line.language().sameAs(request.language()))
                            .ifPresent(line -> model = model(line, from));
                    return;
                }
            }
        }

        private Transcription model(ModelScript.Line line, long from) {
            Chance chance = script.chance();
            return new ModelRecognizer(
                            loop,
                            profile,
                            chance,
                            HeardWords.of(line.said(), from, profile, chance, line.others()))
                    .open(request, new Onward());
        }

        /// The listener knows already that it is ready.
        private final class Onward implements TranscriptListener {
            @Override
            public void onReady() {}

            @Override
            public void onTranscript(TranscriptEvent event) {
                if (!closed) {
                    listener.onTranscript(event);
                }
            }

            @Override
            public void onFailure(SpeechException failure) {
                listener.onFailure(failure);
            }
        }

        @Override
        public void utteranceStarted(long position) {}

        @Override
        public void utteranceEnded(long position) {
            onLoop(
                    () -> {
                        if (model != null) {
                            model.utteranceEnded(position);
                        }
                    });
        }

        @Override
        public void close() {
            closed = true;
            loop.execute(
                    () -> {
                        if (model != null) {
                            model.close();
                        }
                    });
        }

        private void onLoop(Runnable task) {
            loop.execute(
                    () -> {
                        if (!closed) {
                            task.run();
                        }
                    });
        }
    }
}
