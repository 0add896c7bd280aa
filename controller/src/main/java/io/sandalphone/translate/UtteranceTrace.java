package io.sandalphone.translate;

import io.sandalphone.time.Loop;
import io.sandalphone.time.WallTime;

import java.util.Objects;

/// Keeps how far one utterance has come, and tells of each step. Runs on the call's loop.
final class UtteranceTrace {
    private final LaneMeters meters;
    private final Loop loop;
    private final InterpreterListener listener;
    private final WallTime time;
    private long speechEndNanos;
    private Progress progress;

    /// Opens it with an utterance that has just been committed, and tells of that. The speech ended
    /// at `speechEndNanos` of the monotonic clock; the times of `committed` are reckoned by `time`.
    UtteranceTrace(
            LaneMeters meters,
            Loop loop,
            InterpreterListener listener,
            WallTime time,
            long speechEndNanos,
            Progress committed) {
        this.meters = meters;
        this.loop = loop;
        this.listener = listener;
        this.time = time;
        this.speechEndNanos = speechEndNanos;
        progress = committed;
        listener.progressed(committed);
    }

    Progress progress() {
        return progress;
    }

    /// The speaker went on with this, until `endNanos`, before it was begun to be translated.
    void goesOn(String more, long endNanos) {
        speechEndNanos = endNanos;
        progress = progress.goesOn(more, time.epochMillis(endNanos));
        listener.progressed(progress);
    }

    void translated(String text) {
        progress = progress.translated(text);
        listener.progressed(progress);
    }

    /// The first of its sound was handed over. Gives the words that are being voiced.
    String sounding() {
        long now = loop.nanoTime();
        progress = progress.sounding(time.epochMillis(now));
        meters.firstAudio(now - speechEndNanos);
        listener.progressed(progress);
        return Objects.requireNonNull(progress.translated());
    }

    /// It will not be heard: what is said after it is further behind than it may be.
    void skipped() {
        progress = progress.skip();
        listener.progressed(progress);
    }

    /// The last of it was handed over.
    void sounded() {
        meters.spoken().increment();
        progress = progress.sounded(time.epochMillis(loop.nanoTime()));
        listener.progressed(progress);
    }
}
