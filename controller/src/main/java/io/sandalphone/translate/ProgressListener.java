package io.sandalphone.translate;

/// Hears how far utterances have come. Called on the call's loop.
@FunctionalInterface
public interface ProgressListener {
    void on(Progress progress);
}
