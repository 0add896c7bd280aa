package io.sandalphone.translate;

import io.sandalphone.time.Loop;
import io.sandalphone.time.WallTime;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// Keeps how far one utterance has come, and tells of each step. Runs on the call's loop.
final class UtteranceTrace {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LaneMeters meters;
    private final Loop loop;
    private final InterpreterListener listener;
    private final WallTime time;
    private Heard heard;
    private @Nullable RenditionTimes rendered;
    private long firstFrameNanos;
    private @Nullable Long firstPlayedNanos;
    private Progress progress;

    /// When what was heard of it, by the monotonic clock: the first sample of its speech and the last, the recognizer's first word
    /// of it where there was one before the commit, and the commit of the last of it.
    record Heard(long firstSample, long lastSample, @Nullable Long firstPartial, long committed) {}

    /// Opens it with an utterance that has just been committed, and tells of that. The times of `committed` are
    /// reckoned by `time`.
    UtteranceTrace(
            LaneMeters meters,
            Loop loop,
            InterpreterListener listener,
            WallTime time,
            Heard heard,
            Progress committed) {
        this.meters = meters;
        this.loop = loop;
        this.listener = listener;
        this.time = time;
        this.heard = heard;
        progress = committed;
        listener.progressed(committed);
    }

    Progress progress() {
        return progress;
    }

    /// The speaker went on with this, until `endNanos`, before it was begun to be translated.
    void goesOn(String more, long endNanos) {
        heard = new Heard(heard.firstSample(), endNanos, heard.firstPartial(), loop.nanoTime());
        progress = progress.goesOn(more, time.epochMillis(endNanos));
        listener.progressed(progress);
    }

    /// It is being rendered; `times` will say when what happened.
    void rendering(RenditionTimes times) {
        rendered = times;
    }

    void translated(String text) {
        progress = progress.translated(text);
        listener.progressed(progress);
    }

    /// The first of its sound was handed over. Gives the words that are being voiced.
    String sounding() {
        long now = loop.nanoTime();
        firstFrameNanos = now;
        progress = progress.sounding(time.epochMillis(now), spans(null));
        meters.firstAudio(now - heard.lastSample());
        listener.progressed(progress);
        return Objects.requireNonNull(progress.translated());
    }

    /// The carrier has played the first of its sound.
    void played() {
        firstPlayedNanos = loop.nanoTime();
    }

    /// It will not be heard: what is said after it is further behind than it may be.
    void skipped() {
        progress = progress.skip();
        listener.progressed(progress);
    }

    /// The last of it was handed over.
    void sounded() {
        meters.spoken().increment();
        long now = loop.nanoTime();
        Spans spans = spans(now);
        meters.spans().record(spans);
        progress = progress.sounded(time.epochMillis(now), spans);
        listener.progressed(progress);
    }

    private Spans spans(@Nullable Long lastFrameNanos) {
        RenditionTimes times = rendered == null ? new RenditionTimes() : rendered;
        return new Spans(
                millis(heard.lastSample()),
                millisOrNull(heard.firstPartial()),
                millis(heard.committed()),
                millisOrNull(times.translationAsked),
                millisOrNull(times.translated),
                millisOrNull(times.synthesisAsked),
                millisOrNull(times.firstByte),
                millis(firstFrameNanos),
                millisOrNull(firstPlayedNanos),
                millisOrNull(lastFrameNanos));
    }

    private @Nullable Long millisOrNull(@Nullable Long nanos) {
        return nanos == null ? null : millis(nanos);
    }

    private long millis(long nanos) {
        return Math.floorDiv(nanos - heard.firstSample(), NANOS_PER_MILLI);
    }
}
