package io.sandalphone.harness.recognition;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// One recognizer that listens in one language to one sound after another, as in a call: what it makes of
/// each.
///
/// Sound is given as fast as its utterances are answered, or in real time for a recognizer that cannot take it faster. A
/// session that is lost is opened again.
final class RecognitionTrial implements AutoCloseable, TranscriptListener {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Behind the last utterance of a sound, for a recognizer that finds its own ends.
    private static final int SILENT_FRAMES = 100;

    private final Transcriber transcriber;
    private final TranscriptionRequest request;
    private final boolean paced;
    private final CallEar ear;
    private final List<TranscriptEvent> answers = new ArrayList<>();
    private @Nullable Transcription session;
    private boolean ready;
    private int told;
    private int answered;
    private int unanswered;
    private long position;

    RecognitionTrial(Transcriber transcriber, Language language, boolean paced) {
        this.transcriber = transcriber;
        this.paced = paced;
        request = new TranscriptionRequest(language, language, List.of(), Usage.UNMETERED);
        ear = new CallEar(language, this::session);
        awaitReady();
    }

    private synchronized Transcription session() {
        if (session == null) {
            session = transcriber.open(request, this);
        }
        return session;
    }

    private void awaitReady() {
        session();
        await(() -> ready);
    }

    /// Waits until it is so, but not for ever.
    private synchronized void await(BooleanSupplier reached) {
        long start = System.nanoTime();
        while (!reached.getAsBoolean() && System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// What was understood of a sound, and what a call would have voiced of it.
    ///
    /// @param text all the words, in their order
    /// @param sentences how many answers held words
    /// @param utterances how many utterances the recognizer was told of
    /// @param unanswered of those, how many it did not answer
    record Understood(String text, int sentences, int utterances, int unanswered) {}

    /// Where the next sound begins.
    long position() {
        return position;
    }

    /// What the recognizer makes of `frames`, which begin at [#position] and last `length` samples.
    Understood hear(List<AudioFrame> frames, long length) throws IOException {
        int before = ear.told();
        synchronized (this) {
            answers.clear();
            told = 0;
            answered = 0;
            unanswered = 0;
        }
        long start = System.nanoTime();
        for (AudioFrame frame : frames) {
            if (paced) {
                LockSupport.parkNanos(
                        start + (frame.position() - position) * 125_000 - System.nanoTime());
            }
            ear.hear(frame);
            if (!paced) {
                awaitAnswers(before);
            }
        }
        position += length;
        rest();
        awaitAnswers(before);
        StringJoiner text = new StringJoiner(" ");
        int sentences = 0;
        synchronized (this) {
            for (TranscriptEvent answer : answers) {
                if (answer instanceof TranscriptEvent.Final words
                        && !words.text().isBlank()
                        && !ear.nobodySpoke(words.start(), words.end())) {
                    text.add(words.text());
                    sentences++;
                }
            }
        }
        return result(text.toString(), sentences);
    }

    private synchronized Understood result(String text, int sentences) {
        return new Understood(text, sentences, told, unanswered);
    }

    /// Silence, so that what is still going on ends.
    private void rest() {
        for (int i = 0; i < SILENT_FRAMES; i++) {
            ear.hear(
                    new AudioFrame(
                            new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)],
                            AudioFrame.TELEPHONE_RATE,
                            position));
            position += AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
        }
    }

    /// Waits until every utterance has its answer of which the recognizer was told, the first `before` left
    /// out, or until none can come.
    private synchronized void awaitAnswers(int before) {
        told = ear.told() - before;
        await(() -> session == null || answered >= told);
        giveUp();
    }

    private void giveUp() {
        unanswered += Math.max(0, told - answered);
        answered = told;
    }

    @Override
    public synchronized void onReady() {
        ready = true;
        notifyAll();
    }

    @Override
    public synchronized void onTranscript(TranscriptEvent event) {
        answers.add(event);
        ear.heard(event);
        if (!(event instanceof TranscriptEvent.Partial)) {
            answered++;
        }
        notifyAll();
    }

    @Override
    public synchronized void onFailure(SpeechException failure) {
        session = null;
        giveUp();
        notifyAll();
    }

    @Override
    public void close() {
        Transcription last;
        synchronized (this) {
            last = session;
        }
        if (last != null) {
            last.close();
        }
        ear.close();
    }
}
