package io.sandalphone.translate;

/// What a listener can have done by keys of their telephone.
public enum KeyCommand {
    /// No translation is spoken to them any more, or it is again.
    PAUSE,
    /// What is spoken to them is softer.
    SOFTER,
    /// It is louder.
    LOUDER,
    /// The last translation is spoken once more.
    REPEAT
}
