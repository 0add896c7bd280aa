package io.sandalphone.harness.bench;

import java.util.Locale;

/// Results for people: a title, and rows of four columns, of which the last is a verdict.
final class ResultTable {
    private final StringBuilder text;
    private final String format;

    /// The first three columns are so many characters wide.
    ResultTable(String title, int first, int second, int third) {
        text = new StringBuilder(title).append('\n');
        format = "%-" + first + "s %-" + second + "s %-" + third + "s %s%n";
    }

    void row(String name, String value, String other, String verdict) {
        text.append(
                String.format(Locale.ROOT, format, name, value, other, verdict)
                        .replaceAll(" +\\R", "\n"));
    }

    static String verdict(boolean reached) {
        return reached ? "ok" : "MISSED";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
