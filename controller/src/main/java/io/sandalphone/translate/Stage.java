package io.sandalphone.translate;

/// What interpretation needs, and what can be lost of it for a while.
public enum Stage {
    RECOGNITION,
    TRANSLATION,
    SYNTHESIS,
    /// All three in one engine.
    DIRECT
}
