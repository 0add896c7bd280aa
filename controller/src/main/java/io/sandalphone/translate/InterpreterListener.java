package io.sandalphone.translate;

/// Hears what an interpreter achieves and what it lacks. Called on the call's loop.
public interface InterpreterListener {
    /// An utterance came one step further.
    void progressed(Progress progress);

    /// One direction can no longer be interpreted, or can again.
    void availability(Availability availability);
}
