package io.sandalphone.translate;

import io.sandalphone.time.Loop;

import java.util.Objects;

/// Keeps how far one utterance has come, and tells of each step. Runs on the call's loop.
final class UtteranceTrace {
    private final LaneMeters meters;
    private final Loop loop;
    private final InterpreterListener listener;
    private Progress progress;

    /// Opens it with an utterance that has just been committed, and tells of that.
    UtteranceTrace(LaneMeters meters, Loop loop, InterpreterListener listener, Progress committed) {
        this.meters = meters;
        this.loop = loop;
        this.listener = listener;
        progress = committed;
        listener.progressed(committed);
    }

    Progress progress() {
        return progress;
    }

    void translated(String text) {
        progress = progress.translated(text);
        listener.progressed(progress);
    }

    /// The first of its sound was handed over. Gives the words that are being voiced.
    String sounding() {
        long now = loop.epochMillis();
        progress = progress.sounding(now);
        meters.firstAudio(now - progress.speechEnd());
        listener.progressed(progress);
        return Objects.requireNonNull(progress.translated());
    }

    /// The last of it was handed over.
    void sounded() {
        meters.spoken().increment();
        progress = progress.sounded(loop.epochMillis());
        listener.progressed(progress);
    }
}
