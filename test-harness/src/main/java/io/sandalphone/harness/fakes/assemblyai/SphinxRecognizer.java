package io.sandalphone.harness.fakes.assemblyai;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.LevelGate;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.providers.offline.SphinxTranscriber;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceListener;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Hears English with PocketSphinx, and tells words while somebody speaks as they [settle][SettlingWords]. Their times are
/// spread over the sound in which they were found.
public final class SphinxRecognizer implements Recognizer {
    private static final int SAMPLES_PER_MILLI = AudioFrame.TELEPHONE_RATE / 1000;
    private static final String ENGLISH = "en";
    private static final int AUDIBLE = 256;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SphinxTranscriber sphinx;

    /// One that owns `sphinx`.
    public SphinxRecognizer(SphinxTranscriber sphinx) {
        this.sphinx = sphinx;
    }

    @Override
    public Recognition open(Listener listener) {
        return new OneSpeaker(listener);
    }

    @Override
    public void close() {
        sphinx.close();
    }

    private final class OneSpeaker implements Recognition, UtteranceListener, TranscriptListener {
        private final Listener listener;
        private final Context loop = Objects.requireNonNull(Vertx.currentContext());
        private final VoiceDetector voice =
                new LevelGate(
                        AUDIBLE, WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE));
        private final UtteranceDetector utterances =
                new UtteranceDetector(
                        UtteranceSettings.TELEPHONE, UtteranceMeters.register(registry), this);
        private final Transcription transcription;
        private final List<Runnable> finishing = new ArrayList<>();
        private SettlingWords words = new SettlingWords();
        private boolean speaking;
        private boolean deaf;
        private int unanswered;

        /// Where the last word that was told ends, and where the speech does behind which they have paused: in milliseconds.
        private long toldUntil;

        private long pausedAt = Long.MAX_VALUE;

        OneSpeaker(Listener listener) {
            this.listener = listener;
            var english = new Language(ENGLISH);
            transcription =
                    sphinx.open(
                            new TranscriptionRequest(english, english, List.of(), Usage.UNMETERED),
                            this);
        }

        @Override
        public void hear(AudioFrame frame) {
            if (!deaf) {
                utterances.accept(frame, voice.speech(frame));
                transcription.hear(frame);
            }
        }

        @Override
        public boolean busy() {
            return speaking || unanswered > 0;
        }

        @Override
        public void finish(Runnable done) {
            if (!deaf) {
                utterances.finish();
            }
            if (unanswered == 0) {
                done.run();
            } else {
                finishing.add(done);
            }
        }

        @Override
        public void close() {
            transcription.close();
            voice.close();
        }

        @Override
        public void started(long position) {
            speaking = true;
            pausedAt = Long.MAX_VALUE;
            transcription.utteranceStarted(position);
        }

        @Override
        public void silent(long position, int frames) {
            pausedAt = frames == 0 ? Long.MAX_VALUE : millis(position);
            if (frames == Transcription.PAUSE_FRAMES) {
                transcription.utterancePaused(position);
            }
        }

        @Override
        public void ended(long position) {
            speaking = false;
            pausedAt = Long.MAX_VALUE;
            unanswered++;
            transcription.utteranceEnded(position);
        }

        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            loop.runOnContext(
                    _ -> {
                        switch (event) {
                            case TranscriptEvent.Partial partial -> guessed(partial);
                            case TranscriptEvent.Final(String text, long start, long end, _, _) ->
                                    answered(text, start, end);
                            case TranscriptEvent.Nothing _ -> answered("", 0, 0);
                        }
                    });
        }

        @Override
        public void onFailure(SpeechException failure) {
            loop.runOnContext(
                    _ -> {
                        // Nothing more is understood, and nothing is waited for.
                        deaf = true;
                        speaking = false;
                        unanswered = 0;
                        finish();
                    });
        }

        private void answered(String text, long start, long end) {
            unanswered--;
            tell(words.complete(split(text)), millis(start), millis(end));
            words = new SettlingWords();
            finish();
        }

        private void guessed(TranscriptEvent.Partial partial) {
            List<String> guess = split(partial.text());
            long start = millis(partial.start());
            long end = millis(partial.end());
            if (speaking && end >= pausedAt) {
                tell(words.complete(guess), start, pausedAt);
            } else {
                tell(words.hypothesis(guess), start, end);
            }
        }

        /// Words that were found before `end`, the first of them behind what was told.
        private void tell(List<String> found, long start, long end) {
            long from = Math.max(start, toldUntil);
            long length = Math.max(0, end - from);
            for (int i = 0; i < found.size(); i++) {
                listener.said(
                        new HeardWord(
                                found.get(i),
                                ENGLISH,
                                from + length * i / found.size(),
                                from + length * (i + 1) / found.size()));
            }
            if (!found.isEmpty()) {
                toldUntil = from + length;
            }
        }

        private static List<String> split(String text) {
            return text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
        }

        private void finish() {
            if (unanswered == 0) {
                List<Runnable> done = List.copyOf(finishing);
                finishing.clear();
                done.forEach(Runnable::run);
            }
        }

        private static long millis(long position) {
            return position / SAMPLES_PER_MILLI;
        }
    }
}
