package io.sandalphone.harness.tone;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.segment.UtterancesOnly;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Takes tone words and sings their translation, utterance by utterance, word by word. The length of
/// each utterance is what was used.
///
/// Thread-safe. Listeners are called on one thread of this interpreter.
public final class ToneDirectInterpreter implements DirectInterpreter {
    private final String name;
    private final ToneSpeech voice;
    private final ExecutorService answers =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("tone-interpreter").daemon().factory());

    /// One that bears the name of the tone engines.
    public ToneDirectInterpreter(ToneSpeech voice) {
        this(ToneProvider.NAME, voice);
    }

    ToneDirectInterpreter(String name, ToneSpeech voice) {
        this.name = name;
        this.voice = voice;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean interprets(Language from, Language to) {
        return ToneWord.spokenIn(from) && ToneWord.spokenIn(to) && !from.sameAs(to);
    }

    @Override
    public Transcription open(TranscriptionRequest request, Listener listener) {
        var session = new Session(request, listener);
        if (interprets(request.language(), request.other())) {
            answers.execute(listener::onReady);
        } else {
            session.close();
            var refusal =
                    new SpeechException(
                            SpeechException.Kind.REQUEST,
                            "no tone words of " + request.language() + " in " + request.other());
            answers.execute(() -> listener.onFailure(refusal));
        }
        return new UtterancesOnly(session);
    }

    @Override
    public void close() {
        answers.shutdownNow();
    }

    /// One speaker. Runs on the loop of the call.
    private final class Session implements UtteranceRecognizer {
        private final ToneEar ear;
        private final Usage usage;
        private final Listener listener;
        private long start = -1;
        private volatile boolean closed;

        Session(TranscriptionRequest request, Listener listener) {
            ear = new ToneEar(ToneWord.of(request.language()));
            usage = request.usage();
            this.listener = listener;
        }

        @Override
        public void hear(AudioFrame frame) {
            if (start < 0) {
                start = frame.position();
            }
            ear.hear(frame);
        }

        @Override
        public void utteranceEnded(long position) {
            List<ToneWord> said = ear.words();
            long begin = start < 0 ? position : start;
            ear.endUtterance();
            start = -1;
            long millis = (position - begin) * 1000 / AudioFrame.TELEPHONE_RATE;
            usage.listened(ToneProvider.NAME, Duration.ofMillis(millis));
            answers.execute(() -> answer(said, begin, position));
        }

        @Override
        public void close() {
            closed = true;
        }

        private void answer(List<ToneWord> said, long begin, long end) {
            if (closed) {
                return;
            }
            if (said.isEmpty()) {
                listener.onNothing(begin, end);
                return;
            }
            List<ToneWord> translated = said.stream().map(ToneWord::translated).toList();
            listener.onUtterance(ToneWord.text(said), ToneWord.text(translated), begin, end);
            for (ToneWord word : translated) {
                if (closed) {
                    return;
                }
                listener.onAudio(voice.render(word));
            }
            if (!closed) {
                listener.onUtteranceSpoken();
            }
        }
    }
}
