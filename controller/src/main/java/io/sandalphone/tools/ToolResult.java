package io.sandalphone.tools;

import java.util.Locale;

/// What came of using a tool. Printed without the text.
///
/// @param text what the brain is told: what the tool answered, or what went wrong
public record ToolResult(Outcome outcome, String text) {
    /// How a use ends, as metrics and the log say it.
    public enum Outcome {
        /// It did what it is for.
        DONE,
        /// There is no tool of this name.
        UNKNOWN,
        /// The arguments do not fit.
        ARGUMENTS,
        /// It was used too often in one answer, or in one call.
        TOO_OFTEN,
        /// It refused, broke, or could not be reached.
        FAILED,
        /// It did not answer in time.
        LATE,
        /// Its answer was longer than it may be.
        TOO_LONG,
        /// Its answer was no text.
        UNREADABLE;

        /// As written in logs and metrics: `too-long`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// It did what it is for, and answered this.
    public static ToolResult done(String text) {
        return new ToolResult(Outcome.DONE, text);
    }

    /// It did not, for this reason.
    public static ToolResult error(Outcome outcome, String why) {
        return new ToolResult(outcome, "error: " + why);
    }

    @Override
    public String toString() {
        return "ToolResult[%s, %d characters]".formatted(outcome, text.length());
    }
}
