package io.sandalphone.harness.recorded;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.segment.UtterancesOnly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Recognises the recorded sentences in a call of two people who speak English and Spanish, whoever says
/// them: it hears an echo as well as a person, and tells the language of what it hears. Answers when an
/// utterance has ended.
final class RecordedTranscriber implements Transcriber {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    private final ExecutorService work =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("recorded-recognition").daemon().factory());
    private final RecordedEar english;
    private final RecordedEar spanish;

    /// Both people may be heard on each line, and our voice as it speaks there. May block.
    RecordedTranscriber() throws SpeechException, InterruptedException {
        List<Language> people = List.of(ENGLISH, SPANISH);
        english = RecordedEar.of(people, ENGLISH);
        spanish = RecordedEar.of(people, SPANISH);
    }

    @Override
    public String name() {
        return RecordedProvider.NAME;
    }

    @Override
    public boolean understands(Language language) {
        return RecordedSentence.spokenIn(language);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        work.execute(listener::onReady);
        return new UtterancesOnly(new Listening(request, listener));
    }

    @Override
    public void close() {
        work.shutdownNow();
    }

    /// One speaker. Runs on the loop of the call.
    private final class Listening implements UtteranceRecognizer {
        private final TranscriptionRequest request;
        private final TranscriptListener listener;
        private final List<AudioFrame> frames = new ArrayList<>();
        private volatile boolean closed;

        Listening(TranscriptionRequest request, TranscriptListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public void hear(AudioFrame frame) {
            frames.add(frame);
        }

        @Override
        public void utteranceEnded(long position) {
            List<AudioFrame> utterance = List.copyOf(frames);
            frames.clear();
            work.execute(() -> answer(utterance, position));
        }

        private void answer(List<AudioFrame> utterance, long end) {
            if (closed) {
                return;
            }
            listener.onTranscript(recognised(utterance, end));
        }

        private TranscriptEvent recognised(List<AudioFrame> utterance, long end) {
            long start = utterance.isEmpty() ? end : utterance.getFirst().position();
            short[] pcm = new short[utterance.stream().mapToInt(each -> each.pcm().length).sum()];
            int at = 0;
            for (AudioFrame frame : utterance) {
                System.arraycopy(frame.pcm(), 0, pcm, at, frame.pcm().length);
                at += frame.pcm().length;
            }
            RecordedEar ear = request.language().base().equals("es") ? spanish : english;
            List<RecordedEar.Heard> heard = ear.listen(pcm);
            String text =
                    heard.stream().map(RecordedEar.Heard::words).collect(Collectors.joining(" "));
            List<Language> languages =
                    heard.stream().map(RecordedEar.Heard::language).distinct().toList();
            return text.isBlank()
                    ? new TranscriptEvent.Nothing(start, end)
                    : new TranscriptEvent.Final(
                            text,
                            start,
                            end,
                            languages.size() == 1
                                    ? Optional.of(languages.getFirst())
                                    : Optional.empty());
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
