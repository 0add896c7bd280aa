package io.sandalphone.harness.bench;

import java.util.Locale;
import java.util.Map;

/// What [AgentLoadBench] measured.
///
/// @param lost how many streams broke off
/// @param before what the gateway held when nobody called, behind a first round of calls
/// @param after the same behind the calls that were measured
record AgentLoadResult(
        int calls,
        double seconds,
        int processors,
        ProcessCost controller,
        Map<String, Double> controllerThreadsCpuPercentPerCall,
        Distribution gcPauses,
        long wordsSaid,
        long wordsHeard,
        long lost,
        Map<String, Double> troubles,
        double phonesCpuPercent,
        double otherCpuPercent,
        Leftovers before,
        Leftovers after) {
    private static final double MOST_CPU_PERCENT = 0.5;

    /// Of one core, for each call, without the compiler's threads.
    double cpuPercentPerCallWithoutCompiler() {
        return controller.cpuPercentPerCall()
                - controllerThreadsCpuPercentPerCall.getOrDefault("JIT compiler", 0.0);
    }

    String table() {
        var table =
                new ResultTable(
                        String.format(
                                Locale.ROOT,
                                "%d calls to an agent for %.0f s, %d processors",
                                calls,
                                seconds,
                                processors),
                        34,
                        58,
                        14);
        table.row(
                "CPU per call, without compiler",
                String.format(Locale.ROOT, "%.3f %% of a core", cpuPercentPerCallWithoutCompiler()),
                "<= 0.50 %",
                ResultTable.verdict(cpuPercentPerCallWithoutCompiler() <= MOST_CPU_PERCENT));
        table.row("CPU per call, all of it", controller.cpu(), "", "");
        controllerThreadsCpuPercentPerCall.forEach(
                (purpose, percent) ->
                        table.row(
                                "  of which " + purpose,
                                String.format(Locale.ROOT, "%.3f %%", percent),
                                "",
                                ""));
        table.row("memory per call", controller.memory(), "", "");
        table.row("GC pauses, ms", ResultTable.millis(gcPauses), "", "");
        table.row(
                "words said back",
                wordsHeard + " of " + wordsSaid,
                "all",
                ResultTable.verdict(wordsHeard == wordsSaid));
        table.row("streams lost", Long.toString(lost), "none", ResultTable.verdict(lost == 0));
        table.row(
                "dropped, late, failed",
                ResultTable.list(troubles),
                "none",
                ResultTable.verdict(troubles.isEmpty()));
        left(table, "sockets left", before.sockets(), after.sockets());
        left(table, "threads left", before.threads(), after.threads());
        left(table, "calls left", 0, after.calls());
        left(table, "objects of calls left", 0, after.objects());
        table.row(
                "beside it, % of a core",
                String.format(
                        Locale.ROOT,
                        "phones %.0f, everything else %.0f",
                        phonesCpuPercent,
                        otherCpuPercent),
                "",
                "");
        return table.toString();
    }

    private static void left(ResultTable table, String name, long before, long after) {
        table.row(name, Long.toString(after), "<= " + before, ResultTable.verdict(after <= before));
    }
}
