package io.sandalphone.harness.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one run of the media benchmark measured; `controller/docs/benchmarks.md` says what each part
/// means.
record MediaResult(
        int calls,
        boolean relay,
        long warmUpSeconds,
        double seconds,
        int processors,
        String asteriskVersion,
        Distribution injectionDelay,
        long injectionsNeverHeard,
        Distribution scheduleError,
        Distribution listeningJitter,
        ProcessCost controller,
        Map<String, Double> controllerThreadsCpuPercentPerCall,
        ProcessCost asterisk,
        double harnessCpuPercent,
        double captureCpuPercent,
        double otherCpuPercent,
        Distribution gcPauses,
        long heapAfterCollectionMegabytes,
        long wordsSaid,
        long wordsHeard,
        Map<String, Double> troubles,
        long packetsCaptured,
        long packetsNotCaptured,
        List<String> shortfalls) {
    private static final double MOST_INJECTION_MILLIS = 30;
    private static final double MOST_SCHEDULE_MILLIS = 2;

    /// Machines differ from day to day; what the controller takes beside what Asterisk takes for the
    /// same call differs less.
    private static final double MOST_OF_ASTERISK = 0.17;

    /// Processor time of the controller, its compiler aside, for each second of Asterisk's.
    @JsonProperty
    double controllerToAsterisk() {
        double compiler = controllerThreadsCpuPercentPerCall.getOrDefault("JIT compiler", 0.0);
        return (controller.cpuPercentPerCall() - compiler) / asterisk.cpuPercentPerCall();
    }

    String json() {
        return ResultJson.of(this);
    }

    String table() {
        var table =
                new ResultTable(
                        String.format(
                                Locale.ROOT,
                                "%d calls for %.0f s after %d s of warming up, relay %s, %d"
                                        + " processors, Asterisk %s",
                                calls,
                                seconds,
                                warmUpSeconds,
                                relay ? "on" : "off",
                                processors,
                                asteriskVersion),
                        40,
                        58,
                        18);
        table.row("measure", "value", "target", "");
        table.row(
                "injection delay, ms",
                ResultTable.millis(injectionDelay),
                String.format(Locale.ROOT, "p99 <= %.0f", MOST_INJECTION_MILLIS),
                ResultTable.verdict(
                        injectionDelay.count() > 0
                                && injectionDelay.p99Millis() <= MOST_INJECTION_MILLIS));
        table.row(
                "20 ms schedule, error, ms",
                ResultTable.millis(scheduleError),
                String.format(Locale.ROOT, "p99 <= %.0f", MOST_SCHEDULE_MILLIS),
                ResultTable.verdict(
                        scheduleError.count() > 0
                                && scheduleError.p99Millis() <= MOST_SCHEDULE_MILLIS));
        table.row("listening, |interval - 20 ms|, ms", ResultTable.millis(listeningJitter), "", "");
        table.row(
                "controller without compiler / Asterisk",
                String.format(Locale.ROOT, "%.3f", controllerToAsterisk()),
                String.format(Locale.ROOT, "<= %.2f", MOST_OF_ASTERISK),
                ResultTable.verdict(controllerToAsterisk() <= MOST_OF_ASTERISK));
        table.row("controller, CPU per call", controller.cpu(), "", "");
        controllerThreadsCpuPercentPerCall.forEach(
                (purpose, percent) ->
                        table.row(
                                "  of which " + purpose,
                                String.format(Locale.ROOT, "%.3f %%", percent),
                                "",
                                ""));
        table.row("Asterisk, CPU per call", asterisk.cpu(), "", "");
        table.row("controller, memory per call", controller.memory(), "", "");
        table.row("Asterisk, memory per call", asterisk.memory(), "", "");
        table.row(
                "GC pauses, ms",
                ResultTable.millis(gcPauses)
                        + String.format(
                                Locale.ROOT, ", heap after %d MB", heapAfterCollectionMegabytes),
                "",
                "");
        table.row(
                "translated words heard",
                String.format(
                        Locale.ROOT,
                        "%d of %d; talk spurts lost %d",
                        wordsHeard,
                        wordsSaid,
                        injectionsNeverHeard),
                "all",
                ResultTable.verdict(wordsHeard == wordsSaid && injectionsNeverHeard == 0));
        table.row(
                "dropped, late, failed",
                ResultTable.list(troubles),
                "none",
                ResultTable.verdict(troubles.isEmpty()));
        table.row(
                "beside them, % of a core",
                String.format(
                        Locale.ROOT,
                        "harness %.0f, capture %.1f, everything else %.0f",
                        harnessCpuPercent,
                        captureCpuPercent,
                        otherCpuPercent),
                "",
                "");
        table.row(
                "packets captured",
                String.format(
                        Locale.ROOT, "%d, not captured %d", packetsCaptured, packetsNotCaptured),
                "",
                packetsNotCaptured == 0 ? "" : "INCOMPLETE");
        shortfalls.forEach(shortfall -> table.row("NOT CARRIED", shortfall, "", "MISSED"));
        return table.toString();
    }
}
