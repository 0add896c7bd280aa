package io.sandalphone.harness.agents;

/// What comes of it when the person is rung to whom an agent puts its caller through.
public enum Reached {
    /// They answer.
    ANSWERS,
    /// Their line is busy.
    BUSY,
    /// Nobody answers for as long as it rings.
    AWAY
}
