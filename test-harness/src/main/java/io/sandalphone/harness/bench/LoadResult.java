package io.sandalphone.harness.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one load of [HairpinBench] measured; `controller/docs/benchmarks.md` says what each part means.
/// `cadenceErrorOnWire` and what was captured are empty where nothing could be captured.
///
/// @param mostCpuPercent the target for each call, the compiler left out
record LoadResult(
        double mostCpuPercent,
        double seconds,
        ProcessCost controller,
        Map<String, Double> controllerThreadsCpuPercentPerCall,
        Distribution cadenceError,
        Distribution cadenceErrorOnWire,
        Distribution addedDelay,
        double addedDelayP95Millis,
        long neverHeard,
        Distribution gcPauses,
        long heapAfterCollectionMegabytes,
        long wordsSaid,
        long wordsHeard,
        Map<String, Double> troubles,
        double phonesCpuPercent,
        double captureCpuPercent,
        double otherCpuPercent,
        long packetsNotCaptured,
        List<String> shortfalls) {
    private static final double MOST_CADENCE_MILLIS = 2;
    private static final double MOST_DELAY_MILLIS = 60;

    /// Of one core, for each call, without the compiler's threads.
    double cpuPercentPerCallWithoutCompiler() {
        return controller.cpuPercentPerCall()
                - controllerThreadsCpuPercentPerCall.getOrDefault("JIT compiler", 0.0);
    }

    void rows(ResultTable table) {
        table.row(
                "CPU per call, without compiler",
                String.format(Locale.ROOT, "%.3f %% of a core", cpuPercentPerCallWithoutCompiler()),
                String.format(Locale.ROOT, "<= %.2f %%", mostCpuPercent),
                ResultTable.verdict(cpuPercentPerCallWithoutCompiler() <= mostCpuPercent));
        table.row("CPU per call, all of it", controller.cpu(), "", "");
        controllerThreadsCpuPercentPerCall.forEach(
                (purpose, percent) ->
                        table.row(
                                "  of which " + purpose,
                                String.format(Locale.ROOT, "%.3f %%", percent),
                                "",
                                ""));
        table.row("memory per call", controller.memory(), "", "");
        cadence(table, "20 ms cadence, error, ms", cadenceError);
        if (cadenceErrorOnWire.count() > 0) {
            cadence(table, "the same on the wire, ms", cadenceErrorOnWire);
        }
        table.row(
                "added delay, ms",
                String.format(
                        Locale.ROOT,
                        "p50 %.1f  p95 %.1f  max %.1f  (n %d)",
                        addedDelay.p50Millis(),
                        addedDelayP95Millis,
                        addedDelay.maxMillis(),
                        addedDelay.count()),
                String.format(Locale.ROOT, "p95 <= %.0f", MOST_DELAY_MILLIS),
                ResultTable.verdict(
                        addedDelay.count() > 0 && addedDelayP95Millis <= MOST_DELAY_MILLIS));
        table.row(
                "GC pauses, ms",
                ResultTable.millis(gcPauses)
                        + String.format(
                                Locale.ROOT, ", heap after %d MB", heapAfterCollectionMegabytes),
                "",
                "");
        heard(table);
        table.row(
                "dropped, late, failed",
                ResultTable.list(troubles),
                "none",
                ResultTable.verdict(troubles.isEmpty()));
        table.row(
                "beside it, % of a core",
                String.format(
                        Locale.ROOT,
                        "phones %.0f, capture %.1f, everything else %.0f",
                        phonesCpuPercent,
                        captureCpuPercent,
                        otherCpuPercent),
                "",
                packetsNotCaptured == 0 ? "" : packetsNotCaptured + " NOT CAPTURED");
        shortfalls.forEach(shortfall -> table.row("NOT CARRIED", shortfall, "", "MISSED"));
    }

    private void heard(ResultTable table) {
        long through = addedDelay.count();
        table.row(
                "utterances heard through",
                String.format(Locale.ROOT, "%d of %d", through, through + neverHeard),
                "all",
                ResultTable.verdict(neverHeard == 0));
        if (wordsSaid > 0) {
            table.row(
                    "translated words heard",
                    String.format(Locale.ROOT, "%d of %d", wordsHeard, wordsSaid),
                    "all",
                    ResultTable.verdict(wordsHeard == wordsSaid));
        }
    }

    private static void cadence(ResultTable table, String name, Distribution error) {
        table.row(
                name,
                ResultTable.millis(error),
                String.format(Locale.ROOT, "p99 <= %.0f", MOST_CADENCE_MILLIS),
                ResultTable.verdict(error.count() > 0 && error.p99Millis() <= MOST_CADENCE_MILLIS));
    }
}
