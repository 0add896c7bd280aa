package io.sandalphone.harness.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// All that was measured in a soak so far, and whether anything of it grows. Used from one thread.
public final class Series {
    /// What is not steady soon is not judged in a soak that is shorter.
    private static final Duration LONG = Duration.ofMinutes(60);

    private static final double NANOS_PER_HOUR = 3600e9;
    private static final String FORMAT = "%-18s %12s %12s %14s %8s  %s%n";

    private final Map<Measure, List<Trend.Point>> points = new EnumMap<>(Measure.class);

    /// Adds what was measured so long after the beginning.
    public void add(Duration at, Map<Measure, Double> values) {
        values.forEach(
                (measure, value) ->
                        points.computeIfAbsent(measure, _ -> new ArrayList<>())
                                .add(new Trend.Point(at.toNanos() / NANOS_PER_HOUR, value)));
    }

    /// What grows.
    public List<Measure> growing() {
        return points.keySet().stream().filter(this::isJudged).filter(this::grows).toList();
    }

    private boolean grows(Measure measure) {
        List<Trend.Point> of = of(measure);
        return Trend.ofSecondHalf(of).grows(measure.allowance(of.getLast().value()));
    }

    private boolean isJudged(Measure measure) {
        List<Trend.Point> of = of(measure);
        double hours = of.getLast().hours() - of.getFirst().hours();
        return measure.isSoonSteady() || hours * NANOS_PER_HOUR >= LONG.toNanos();
    }

    private List<Trend.Point> of(Measure measure) {
        return points.getOrDefault(measure, List.of());
    }

    /// For each measure where it began, where it ended, the slope of its second half, and a verdict.
    public String table() {
        var text = new StringBuilder();
        text.append(FORMAT.formatted("", "first", "last", "slope, 2nd half", "tau", "verdict"));
        points.forEach(
                (measure, of) -> {
                    Trend trend = Trend.ofSecondHalf(of);
                    String verdict =
                            isJudged(measure)
                                    ? grows(measure) ? "GROWING" : "flat"
                                    : "not judged in less than an hour";
                    text.append(
                            FORMAT.formatted(
                                    measure,
                                    measure.text(of.getFirst().value()),
                                    measure.text(of.getLast().value()),
                                    measure.perHour(trend.perHour()),
                                    "%+.2f".formatted(trend.tau()),
                                    verdict));
                });
        return text.toString();
    }
}
