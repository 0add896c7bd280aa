package io.sandalphone.app;

/// How log lines look, and the least severe that is written.
public record LogSettings(Format format, Level level) {
    /// How a line is written.
    public enum Format {
        /// One JSON object per line.
        JSON,
        /// A line of text for people.
        PLAIN
    }

    /// How severe a line is.
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
