package io.sandalphone.models;

/// Hears what fetching a model does, for whoever waits for it. Called on the thread that fetches.
@FunctionalInterface
public interface FetchLog {
    /// A sentence about what begins, went wrong or has come so far.
    void say(String sentence);
}
