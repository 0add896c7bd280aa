package io.sandalphone.harness.converse;

/// What sounds all the time at the caller's.
///
/// @param level in dBov
public record Background(Kind kind, double level) {
    /// What it is.
    public enum Kind {
        STREET,
        CAFE,
        HISS,
        MUSIC
    }
}
