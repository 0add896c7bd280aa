package io.sandalphone.app;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
        /// Nothing: what ends the program goes to standard error.
        FATAL,
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    private static final String EXPECTED_LEVEL =
            "one of "
                    + Arrays.stream(Level.values())
                            .map(level -> level.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));

    /// In letters of either case, as an environment may have it.
    private static Level level(String text) {
        return Level.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// Reads the section `log`.
    static Setting<LogSettings> read(Section section) {
        Setting<Format> format = section.choice("format", Format.class);
        Setting<Level> level = section.value("level", EXPECTED_LEVEL, LogSettings::level);
        return section.make(() -> new LogSettings(format.get(), level.get()));
    }
}
