package io.sandalphone.agent;

/// What is waited for between a caller and an agent.
enum FloorTimer {
    /// How long a caller who has said something is silent before they have finished.
    PAUSE,
    /// How long the recognizer may take for the words of what has ended.
    WORDS,
    /// How long one turn of the caller may be.
    TURN,
    /// How long the caller hears nothing while the agent is to speak.
    PATIENCE
}
