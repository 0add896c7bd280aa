package io.sandalphone.app;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

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

    /// Reads the section `log`.
    static Setting<LogSettings> read(Section section) {
        Setting<Format> format = section.choice("format", Format.class);
        Setting<Level> level = section.choice("level", Level.class);
        return section.make(() -> new LogSettings(format.get(), level.get()));
    }
}
