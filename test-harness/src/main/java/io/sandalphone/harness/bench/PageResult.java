package io.sandalphone.harness.bench;

import java.util.List;
import java.util.Locale;

/// How even sound was, while nobody watched, while a program read the events, and while a browser had the operators' page open.
record PageResult(int calls, int processors, List<Phase> phases) {
    PageResult {
        phases = List.copyOf(phases);
    }

    /// What is measured in one go.
    enum Watched {
        BY_NOBODY,
        BY_A_READER_OF_EVENTS,
        BY_THE_PAGE
    }

    /// @param cadence how far 20 ms frames were from the grid of their second, at the telephones
    /// @param controllerPercent what the gateway took of one processor
    /// @param browserPercent what the browser took of one
    record Phase(
            Watched watched,
            double seconds,
            Distribution cadence,
            double controllerPercent,
            double browserPercent,
            double otherPercent) {}

    String table() {
        var table =
                new ResultTable(
                        "%d calls, watched by operators: how far 20 ms frames were from their grid, ms"
                                .formatted(calls),
                        24,
                        48,
                        1);
        for (Phase phase : phases) {
            table.row(
                    phase.watched().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    ResultTable.millis(phase.cadence()),
                    "gateway %.1f %%, browser %.1f %%, all else %.1f %% of one processor"
                            .formatted(
                                    phase.controllerPercent(),
                                    phase.browserPercent(),
                                    phase.otherPercent()),
                    "");
        }
        return table.toString();
    }

    String json() {
        return ResultJson.of(this);
    }
}
