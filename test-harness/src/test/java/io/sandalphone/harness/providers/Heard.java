package io.sandalphone.harness.providers;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps what a transcription tells.
final class Heard implements TranscriptListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<TranscriptEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger ready = new AtomicInteger();
    private volatile @Nullable SpeechException failure;

    @Override
    public void onReady() {
        ready.incrementAndGet();
    }

    @Override
    public void onTranscript(TranscriptEvent event) {
        events.add(event);
    }

    @Override
    public void onFailure(SpeechException lost) {
        failure = lost;
    }

    int timesReady() {
        return ready.get();
    }

    List<TranscriptEvent> events() {
        return List.copyOf(events);
    }

    List<TranscriptEvent.Final> finals() {
        return events.stream()
                .filter(TranscriptEvent.Final.class::isInstance)
                .map(TranscriptEvent.Final.class::cast)
                .toList();
    }

    List<TranscriptEvent.Partial> partials() {
        return events.stream()
                .filter(TranscriptEvent.Partial.class::isInstance)
                .map(TranscriptEvent.Partial.class::cast)
                .toList();
    }

    List<String> texts() {
        return finals().stream().map(TranscriptEvent.Final::text).toList();
    }

    void awaitReady() {
        Poll.until(PATIENCE, () -> ready.get() > 0, "ready");
    }

    void awaitFinals(int count) {
        Poll.until(
                PATIENCE,
                () -> finals().size() >= count,
                () -> count + " finals among " + events + ", failure " + failure);
    }

    void awaitSettled(String text) {
        Poll.until(
                PATIENCE,
                () -> partials().stream().anyMatch(partial -> partial.settled().equals(text)),
                () -> text + " settled among " + events);
    }

    boolean failed() {
        return failure != null;
    }

    SpeechException awaitFailure() {
        Poll.until(
                PATIENCE,
                () -> failure != null,
                () -> "a failure after " + ready + " times ready and " + events);
        return Objects.requireNonNull(failure);
    }
}
