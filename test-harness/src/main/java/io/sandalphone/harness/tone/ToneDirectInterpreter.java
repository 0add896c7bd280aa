package io.sandalphone.harness.tone;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.segment.UtterancesOnly;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Takes tone words and sings their translation, utterance by utterance, in one go.
///
/// Thread-safe. Listeners are called on one thread of this interpreter.
public final class ToneDirectInterpreter implements DirectInterpreter {
    private final ToneSpeech voice;
    private final ExecutorService answers =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("tone-interpreter").daemon().factory());

    public ToneDirectInterpreter(ToneSpeech voice) {
        this.voice = voice;
    }

    @Override
    public String name() {
        return ToneProvider.NAME;
    }

    @Override
    public boolean interprets(Language from, Language to) {
        return ToneWord.spokenIn(from) && ToneWord.spokenIn(to) && !from.sameAs(to);
    }

    @Override
    public Transcription open(TranscriptionRequest request, Listener listener) {
        answers.execute(listener::onReady);
        return new UtterancesOnly(new Ear(ToneWord.of(request.language()), listener));
    }

    @Override
    public void close() {
        answers.shutdownNow();
    }

    /// One speaker. Runs on the loop of the call.
    private final class Ear implements UtterancesOnly.Ear {
        private final ToneEar ear;
        private final Listener listener;
        private long start = -1;
        private volatile boolean closed;

        Ear(List<ToneWord> words, Listener listener) {
            ear = new ToneEar(words);
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
            long begin = start;
            ear.endUtterance();
            start = -1;
            if (!said.isEmpty()) {
                answers.execute(() -> sing(said, begin, position));
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void sing(List<ToneWord> said, long begin, long end) {
            if (closed) {
                return;
            }
            List<ToneWord> translated = said.stream().map(ToneWord::translated).toList();
            listener.onUtterance(ToneWord.text(said), ToneWord.text(translated), begin, end);
            translated.forEach(word -> listener.onAudio(voice.render(word)));
            listener.onUtteranceSpoken();
        }
    }
}
