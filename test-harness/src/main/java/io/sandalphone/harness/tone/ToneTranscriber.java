package io.sandalphone.harness.tone;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.segment.UtterancesOnly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Hears tones as words. Every new word makes a partial; the end of the utterance makes the final,
/// and its length is what was used.
///
/// Thread-safe. Listeners are called on one thread of this transcriber.
public final class ToneTranscriber implements Transcriber {
    private final ExecutorService answers =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("tone-transcriber").daemon().factory());

    @Override
    public String name() {
        return ToneProvider.NAME;
    }

    @Override
    public boolean understands(Language language) {
        return ToneWord.spokenIn(language);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        var listening = new Listening(request, listener, answers);
        if (understands(request.language())) {
            answers.execute(listener::onReady);
        } else {
            listening.close();
            answers.execute(
                    () ->
                            listener.onFailure(
                                    new SpeechException(
                                            SpeechException.Kind.REQUEST,
                                            "no tone words of " + request.language())));
        }
        return new UtterancesOnly(listening);
    }

    @Override
    public void close() {
        answers.shutdownNow();
    }

    /// One speaker. Runs on the loop of the call.
    private static final class Listening implements UtteranceRecognizer {
        private final ToneEar ear;
        private final Usage usage;
        private final TranscriptListener listener;
        private final ExecutorService answers;
        private final List<TranscriptEvent.Word> words = new ArrayList<>();
        private long start = -1;
        private volatile boolean closed;

        Listening(
                TranscriptionRequest request,
                TranscriptListener listener,
                ExecutorService answers) {
            this.ear = new ToneEar(ToneWord.of(request.language()));
            this.usage = request.usage();
            this.listener = listener;
            this.answers = answers;
        }

        @Override
        public void hear(AudioFrame frame) {
            if (start < 0) {
                start = frame.position();
            }
            if (ear.hear(frame)) {
                List<ToneWord> heard = ear.words();
                for (ToneWord word : heard.subList(words.size(), heard.size())) {
                    long begin = words.isEmpty() ? start : words.getLast().end();
                    words.add(
                            new TranscriptEvent.Word(
                                    ToneWord.text(List.of(word)), begin, frame.end()));
                }
                answer(new TranscriptEvent.Partial(words, "", "", start, frame.end()));
            }
        }

        @Override
        public void utteranceEnded(long position) {
            List<ToneWord> words = ear.words();
            long begin = start < 0 ? position : start;
            ear.endUtterance();
            this.words.clear();
            start = -1;
            long millis = (position - begin) * 1000 / AudioFrame.TELEPHONE_RATE;
            usage.listened(ToneProvider.NAME, Duration.ofMillis(millis));
            answer(
                    words.isEmpty()
                            ? new TranscriptEvent.Nothing(begin, position)
                            : new TranscriptEvent.Final(
                                    ToneWord.text(words), begin, position, Optional.empty()));
        }

        @Override
        public void close() {
            closed = true;
        }

        private void answer(TranscriptEvent event) {
            answers.execute(
                    () -> {
                        if (!closed) {
                            listener.onTranscript(event);
                        }
                    });
        }
    }
}
