package io.sandalphone.harness.pairs;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What came of each scenario in each pair, as a table: scenario by pair. Thread-safe.
final class ScenarioTable {
    private final Map<String, Map<Pair, String>> rows = new LinkedHashMap<>();
    private final Set<Pair> pairs = EnumSet.noneOf(Pair.class);

    /// What came of it: a word or two, `-` where there is no such thing.
    synchronized void put(String scenario, Pair pair, String cell) {
        pairs.add(pair);
        rows.computeIfAbsent(scenario, _ -> new ConcurrentHashMap<>()).put(pair, cell);
    }

    @Override
    public synchronized String toString() {
        var text = new StringBuilder("%-34s".formatted("scenario \\ pair"));
        pairs.forEach(pair -> text.append(" %-16s".formatted(pair)));
        rows.forEach(
                (scenario, cells) -> {
                    text.append("\n%-34s".formatted(scenario));
                    pairs.forEach(
                            pair -> text.append(" %-16s".formatted(cells.getOrDefault(pair, "?"))));
                });
        return text.toString().replaceAll(" +(?=\\R|$)", "");
    }
}
