package io.sandalphone.harness.contract;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// One speaker's transcription, watched from both sides: keeps what it tells, and every breach of what
/// a transcriber promises about how it tells it.
final class Hearing implements Transcription, TranscriptListener {
    /// How long a call of the listener may take that had begun when the transcription was closed.
    private static final Duration IN_FLIGHT = Duration.ofMillis(500);

    private static final ThreadLocal<Boolean> IN_PORT = ThreadLocal.withInitial(() -> false);

    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private final List<Object> told = new CopyOnWriteArrayList<>();
    private final List<Long> starts = new CopyOnWriteArrayList<>();
    private final List<Long> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger callers = new AtomicInteger();
    private final Transcription transcription;
    private volatile long closedNanos;
    private volatile boolean closed;
    private volatile boolean leaving;

    /// The one thing that is told without words.
    static final String READY = "ready";

    Hearing(Transcriber transcriber, TranscriptionRequest request) {
        IN_PORT.set(true);
        try {
            transcription = transcriber.open(request, this);
        } finally {
            IN_PORT.set(false);
        }
    }

    /// What was told, in order: [#READY], events, a failure.
    List<Object> told() {
        return List.copyOf(told);
    }

    List<TranscriptEvent> answers() {
        return told.stream()
                .filter(TranscriptEvent.class::isInstance)
                .map(TranscriptEvent.class::cast)
                .filter(event -> !(event instanceof TranscriptEvent.Partial))
                .toList();
    }

    /// The words of each answer, without marks and capitals; none where there were none.
    List<String> words() {
        return answers().stream()
                .map(
                        answer ->
                                answer instanceof TranscriptEvent.Final last
                                        ? last.text()
                                                .toLowerCase(Locale.ROOT)
                                                .replaceAll("[^\\p{L}' ]", "")
                                        : "")
                .toList();
    }

    boolean failed() {
        return told.stream().anyMatch(SpeechException.class::isInstance);
    }

    List<String> breaches() {
        return List.copyOf(breaches);
    }

    /// Where the voice detector saw utterances begin.
    List<Long> starts() {
        return List.copyOf(starts);
    }

    /// Where it saw them end.
    List<Long> ends() {
        return List.copyOf(ends);
    }

    @Override
    public void hear(AudioFrame frame) {
        if (!closed) {
            port(() -> transcription.hear(frame));
        }
    }

    @Override
    public void utteranceStarted(long position) {
        starts.add(position);
        port(() -> transcription.utteranceStarted(position));
        if (leaving) {
            close();
        }
    }

    /// From now on it is closed as soon as somebody begins to speak.
    void leaveWithTheFirstUtterance() {
        leaving = true;
    }

    @Override
    public void utteranceEnded(long position) {
        if (!closed) {
            ends.add(position);
            port(() -> transcription.utteranceEnded(position));
        }
    }

    @Override
    public void close() {
        port(transcription::close);
        closedNanos = System.nanoTime();
        closed = true;
    }

    private static void port(Runnable call) {
        IN_PORT.set(true);
        try {
            call.run();
        } finally {
            IN_PORT.set(false);
        }
    }

    @Override
    public void onReady() {
        hear(READY);
    }

    @Override
    public void onTranscript(TranscriptEvent event) {
        hear(event);
    }

    @Override
    public void onFailure(SpeechException failure) {
        hear(failure);
    }

    private void hear(Object news) {
        if (callers.incrementAndGet() > 1) {
            breaches.add("two threads at once");
        }
        if (IN_PORT.get()) {
            breaches.add("told inside a call of the port: " + news);
        }
        if (closed && System.nanoTime() - closedNanos > IN_FLIGHT.toNanos()) {
            breaches.add("told after close: " + news);
        }
        if (failed()) {
            breaches.add("told after the failure: " + news);
        }
        boolean wasReady = told.contains(READY);
        if (news.equals(READY) && wasReady) {
            breaches.add("ready twice");
        }
        if (news instanceof TranscriptEvent && !wasReady) {
            breaches.add("a transcript before ready: " + news);
        }
        told.add(news);
        callers.decrementAndGet();
    }
}
