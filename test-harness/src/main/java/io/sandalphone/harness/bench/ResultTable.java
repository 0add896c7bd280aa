package io.sandalphone.harness.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    static String millis(Distribution times) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f  p99 %.2f  max %.2f  (n %d)",
                times.p50Millis(),
                times.p99Millis(),
                times.maxMillis(),
                times.count());
    }

    static String list(Map<String, Double> counters) {
        List<String> texts = new ArrayList<>();
        counters.forEach(
                (name, value) -> texts.add(String.format(Locale.ROOT, "%s %.0f", name, value)));
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
