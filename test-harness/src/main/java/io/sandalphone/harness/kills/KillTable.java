package io.sandalphone.harness.kills;

import io.sandalphone.harness.calls.SoundGap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What came of all kills: by moment, what became of the calls, the longest gap, and how soon they were interpreted again.
final class KillTable {
    private static final String FORMAT = "%-20s %6s  %-34s %12s %14s %7s%n";

    private final List<KillResult> results = new ArrayList<>();

    void add(List<KillResult> more) {
        results.addAll(more);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(
                FORMAT.formatted(
                        "moment", "calls", "what became", "longest gap", "again p50/max", "wrong"));
        for (Moment moment : Moment.values()) {
            List<KillResult> of =
                    results.stream().filter(result -> result.moment() == moment).toList();
            if (!of.isEmpty()) {
                text.append(row(moment, of));
            }
        }
        return text.toString();
    }

    private static String row(Moment moment, List<KillResult> results) {
        Map<Fate, Long> fates =
                new TreeMap<>(
                        results.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                KillResult::fate, Collectors.counting())));
        String gap =
                moment.isTalking()
                        ? results.stream()
                                .map(KillResult::gap)
                                .max(Comparator.comparing(SoundGap::own))
                                .map(longest -> longest.own().toMillis() + " ms")
                                .orElse("-")
                        : "-";
        return FORMAT.formatted(
                moment,
                results.size(),
                fates.entrySet().stream()
                        .map(fate -> fate.getKey() + " " + fate.getValue())
                        .collect(Collectors.joining(", ")),
                gap,
                again(results),
                results.stream().filter(result -> !result.faults().isEmpty()).count());
    }

    private static String again(List<KillResult> results) {
        List<Duration> times =
                results.stream().map(KillResult::again).filter(Objects::nonNull).sorted().toList();
        return times.isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f/%.2f s",
                        times.get(times.size() / 2).toMillis() / 1000.0,
                        times.getLast().toMillis() / 1000.0);
    }
}
