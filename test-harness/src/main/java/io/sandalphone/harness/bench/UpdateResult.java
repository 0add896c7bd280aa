package io.sandalphone.harness.bench;

import io.sandalphone.harness.pairs.Pair;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What two people of each pair heard while their gateway was replaced.
record UpdateResult(List<Row> rows) {
    /// How the gateway ended.
    enum End {
        /// SIGTERM, as by an update.
        STOPPED,
        /// SIGKILL.
        KILLED
    }

    /// One pair. Times are in milliseconds: `endingMillis` how long the gateway took to end, `startMillis` how long the next one
    /// until it was healthy; the gaps in which somebody was not heard; `attachedMillis` and `translatedMillis` from then until the
    /// call was interpreted and until both had heard a translation, -1 where that did not come; `releasedMillis` from the end until
    /// somebody was released, -1 where nobody was.
    record Row(
            Pair pair,
            End end,
            long endingMillis,
            long startMillis,
            List<Long> gapsOfCaller,
            List<Long> gapsOfDestination,
            long attachedMillis,
            long translatedMillis,
            long releasedMillis) {
        Row {
            gapsOfCaller = List.copyOf(gapsOfCaller);
            gapsOfDestination = List.copyOf(gapsOfDestination);
        }
    }

    UpdateResult {
        rows = List.copyOf(rows);
    }

    String table() {
        String format = "%-16s %-8s %6s %6s  %-22s %-22s %9s %10s %9s%n";
        var text =
                new StringBuilder(
                        "two people while their gateway is replaced, ms; gaps over 60 ms; the rest"
                                + " from the new one's readiness\n");
        text.append(
                format.formatted(
                        "pair",
                        "end",
                        "ending",
                        "start",
                        "gaps, caller hears",
                        "gaps, destination",
                        "attached",
                        "translated",
                        "released"));
        for (Row row : rows) {
            text.append(
                    format.formatted(
                            row.pair(),
                            row.end().name().toLowerCase(Locale.ROOT),
                            row.endingMillis(),
                            row.startMillis(),
                            list(row.gapsOfCaller()),
                            list(row.gapsOfDestination()),
                            orNo(row.attachedMillis()),
                            orNo(row.translatedMillis()),
                            row.releasedMillis() < 0
                                    ? "nobody"
                                    : Long.toString(row.releasedMillis())));
        }
        return text.toString().replaceAll(" +\\R", "\n");
    }

    private static String list(List<Long> gaps) {
        return gaps.isEmpty()
                ? "none"
                : gaps.stream().map(String::valueOf).collect(Collectors.joining(" + "));
    }

    private static String orNo(long millis) {
        return millis == -1 ? "no" : Long.toString(millis);
    }

    String json() {
        return ResultJson.of(this);
    }
}
