package io.sandalphone.harness.bench;

import io.sandalphone.harness.fakes.Trace.Event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What one run of the benchmark of providers measured; `controller/docs/benchmarks.md` says what each
/// part means.
///
/// @param times own times by what they are of, each while its provider is used alone
/// @param timesTogether the same while all three are used
/// @param costs by phase, what it takes beyond the first, in which nothing is used
/// @param otherCpuPercent what else kept the machine busy, at the worst, in percent of a core
record ProvidersResult(
        int calls,
        double seconds,
        int processors,
        Map<String, OwnTimes> times,
        Map<String, OwnTimes> timesTogether,
        Map<Phase, ProviderCost> costs,
        double baselineCpuPercentPerCall,
        double otherCpuPercent,
        Map<String, Long> failures) {
    private static final double MOST_MILLIS = 5;
    private static final double MOST_CPU_PERCENT = 0.15;

    /// Lays what the clients said of each phase beside what the fakes noted.
    static ProvidersResult of(int calls, List<PhaseReport> phases, List<Event> fakes) {
        PhaseReport nothing = phases.getFirst();
        Map<String, OwnTimes> times = new LinkedHashMap<>();
        Map<String, OwnTimes> together = new LinkedHashMap<>();
        Map<Phase, ProviderCost> costs = new LinkedHashMap<>();
        for (PhaseReport phase : phases) {
            measure(phase, fakes, phase.phase() == Phase.TOGETHER ? together : times);
            if (phase.phase() != Phase.NOTHING) {
                costs.put(phase.phase(), ProviderCost.of(phase, nothing, calls));
            }
        }
        return new ProvidersResult(
                calls,
                nothing.seconds(),
                Runtime.getRuntime().availableProcessors(),
                times,
                together,
                costs,
                100 * nothing.cpuSeconds() / nothing.seconds() / calls,
                phases.stream()
                        .mapToDouble(phase -> 100 * phase.otherCpuSeconds() / phase.seconds())
                        .max()
                        .orElse(0),
                failures(phases));
    }

    private static Map<String, Long> failures(List<PhaseReport> phases) {
        Map<String, Long> failures = new TreeMap<>();
        for (PhaseReport phase : phases) {
            phase.failures().forEach((what, times) -> failures.merge(what, times, Long::sum));
        }
        return failures;
    }

    private static void measure(PhaseReport phase, List<Event> fakes, Map<String, OwnTimes> times) {
        List<Event> own = phase.events();
        long from = phase.startNanos();
        long to = phase.endNanos();
        if (phase.phase().uses(Phase.ASSEMBLYAI)) {
            times.put(
                    "AssemblyAI, audio out",
                    OwnTimes.ofMessages(own, "chunk", fakes, "chunk", from, to));
            times.put(
                    "AssemblyAI, words in",
                    OwnTimes.sinceTheLast(fakes, "turn", own, "transcript", from, to));
        }
        if (phase.phase().uses(Phase.GOOGLE)) {
            times.put(
                    "Google, text out",
                    OwnTimes.ofMessages(own, "translate", fakes, "asked", from, to));
            times.put(
                    "Google, translation in",
                    OwnTimes.ofMessages(fakes, "answer", own, "translated", from, to));
        }
        if (phase.phase().uses(Phase.POLLY)) {
            times.put(
                    "Polly, text out",
                    OwnTimes.ofMessages(own, "synthesize", fakes, "order", from, to));
            times.put(
                    "Polly, audio in", OwnTimes.ofStreams(fakes, "audio", own, "spoken", from, to));
        }
    }

    String json() {
        return ResultJson.of(this);
    }

    String table() {
        var table =
                new ResultTable(
                        String.format(
                                Locale.ROOT,
                                "%d calls, each phase %.0f s, TLS, %d processors",
                                calls,
                                seconds,
                                processors),
                        24,
                        48,
                        48);
        table.row("own time, ms", "alone", "together", "");
        times.forEach(
                (name, alone) -> {
                    OwnTimes all = timesTogether.getOrDefault(name, alone);
                    table.row(name, millis(alone), millis(all), ResultTable.verdict(isSoon(alone)));
                });
        table.row("processor time", "% of a core per call", "ms per call-minute", "");
        costs.forEach(
                (phase, cost) ->
                        table.row(
                                phase.name().toLowerCase(Locale.ROOT),
                                String.format(
                                        Locale.ROOT,
                                        "%.3f, of it JIT compiler %.3f",
                                        cost.cpuPercentPerCall(),
                                        cost.compilerPercentPerCall()),
                                String.format(Locale.ROOT, "%.0f", cost.millisPerCallMinute()),
                                phase == Phase.TOGETHER
                                        ? ResultTable.verdict(
                                                cost.cpuPercentPerCall() <= MOST_CPU_PERCENT)
                                        : ""));
        costs.forEach(
                (phase, cost) ->
                        table.row(
                                phase.name().toLowerCase(Locale.ROOT) + ", by threads",
                                threads(cost),
                                "",
                                ""));
        table.row(
                "beside it, % of a core",
                String.format(
                        Locale.ROOT,
                        "feeding the calls %.1f, everything else %.0f",
                        baselineCpuPercentPerCall * calls,
                        otherCpuPercent),
                "",
                "");
        table.row(
                "failures",
                failures.isEmpty() ? "none" : failures.toString(),
                "",
                ResultTable.verdict(failures.isEmpty()));
        return table.toString();
    }

    private static boolean isSoon(OwnTimes times) {
        return times.times().count() > 0
                && times.missing() == 0
                && times.times().p99Millis() <= MOST_MILLIS;
    }

    private static String threads(ProviderCost cost) {
        var text = new StringBuilder();
        cost.threadsPercentPerCall()
                .forEach(
                        (purpose, percent) ->
                                text.append(text.isEmpty() ? "" : ", ")
                                        .append(
                                                String.format(
                                                        Locale.ROOT, "%s %.3f", purpose, percent)));
        return text.toString();
    }

    private static String millis(OwnTimes own) {
        Distribution times = own.times();
        return String.format(
                Locale.ROOT,
                "p50 %.2f  p99 %.2f  max %.1f  (n %d%s)",
                times.p50Millis(),
                times.p99Millis(),
                times.maxMillis(),
                times.count(),
                own.missing() == 0 ? "" : ", missing " + own.missing());
    }
}
