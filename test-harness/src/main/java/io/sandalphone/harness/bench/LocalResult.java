package io.sandalphone.harness.bench;

import java.util.List;
import java.util.Locale;

/// What `scripts/bench local` found.
///
/// @param atOnce people who speak without ceasing, a second between their sentences
/// @param calls one person of each call is interpreted, who talks as people do
/// @param carried the most calls of which nearly all translations were heard in time
/// @param thenMillis what is added to the words until the first sound of their translation
record LocalResult(
        List<LocalPhase> atOnce, List<LocalPhase> calls, int carried, double thenMillis) {
    /// The first sound of a translation is to be heard so soon after the speech.
    static final double MOST_MILLIS = 1500;

    private static final double MOST_MEGABYTES = 350;
    private static final double MOST_SHORT = 500;
    private static final double MOST_LONG = 900;

    LocalResult {
        atOnce = List.copyOf(atOnce);
        calls = List.copyOf(calls);
    }

    String json() {
        return ResultJson.of(this);
    }

    String table() {
        var table = new ResultTable("recognition by the local recognizer", 44, 40, 22);
        for (LocalPhase phase : atOnce) {
            rows(table, phase.people() + " at once", phase);
        }
        for (LocalPhase phase : calls) {
            table.row(
                    phase.people() + " calls: speech to first sound, p95",
                    String.format(
                            Locale.ROOT, "%.0f ms", phase.afterSpeech().p95Millis() + thenMillis),
                    String.format(
                            Locale.ROOT, "refused %d of %d", phase.refused(), phase.utterances()),
                    phase.carried(thenMillis, MOST_MILLIS) ? "carried" : "not carried");
        }
        table.row(
                "calls carried with first sound in 1.5 s",
                Integer.toString(carried),
                String.format(Locale.ROOT, "words + %.0f ms", thenMillis),
                "");
        LocalPhase one = atOnce.getFirst();
        table.row(
                "one person: utterances of 2 s, 5 s, p50",
                String.format(
                        Locale.ROOT,
                        "%.0f, %.0f ms beyond the pause",
                        one.short2().p50Millis(),
                        one.long5().p50Millis()),
                "<= 500, 900 ms",
                ResultTable.verdict(
                        one.short2().p50Millis() <= MOST_SHORT
                                && one.long5().p50Millis() <= MOST_LONG));
        double megabytes = atOnce.stream().mapToLong(LocalPhase::workerBytes).max().orElse(0) / 1e6;
        table.row(
                "memory of the worker, at most",
                String.format(Locale.ROOT, "%.0f MB", megabytes),
                "<= 350 MB",
                ResultTable.verdict(megabytes <= MOST_MEGABYTES));
        return table.toString();
    }

    private static void rows(ResultTable table, String name, LocalPhase phase) {
        table.row(
                name + ": delay beyond the pause",
                String.format(
                        Locale.ROOT,
                        "p50 %.0f, p95 %.0f, max %.0f ms",
                        phase.beyondPause().p50Millis(),
                        phase.beyondPause().p95Millis(),
                        phase.beyondPause().maxMillis()),
                String.format(Locale.ROOT, "%d utterances", phase.utterances()),
                "");
        table.row(
                "  with the pause",
                String.format(
                        Locale.ROOT,
                        "p50 %.0f, p95 %.0f ms",
                        phase.afterSpeech().p50Millis(),
                        phase.afterSpeech().p95Millis()),
                String.format(Locale.ROOT, "refused %d", phase.refused()),
                "");
        table.row(
                "  word errors, English, Spanish",
                String.format(
                        Locale.ROOT,
                        "%.1f, %.1f %%",
                        phase.english().percent(),
                        phase.spanish().percent()),
                String.format(
                        Locale.ROOT,
                        "of %d, %d words",
                        phase.english().said(),
                        phase.spanish().said()),
                "");
        table.row(
                "  decoded before the end was known",
                String.format(Locale.ROOT, "%d of %d", phase.early(), phase.utterances()),
                "",
                "");
        table.row(
                "  partials",
                String.format(
                        Locale.ROOT,
                        "%d, abandoned %d; stable words %d, wrong %.1f %%",
                        phase.partials().all(),
                        phase.partials().abandoned(),
                        phase.stable().words(),
                        phase.stable().percent()),
                String.format(Locale.ROOT, "%.2f cores", phase.partialCores()),
                "");
        table.row(
                "  first stable word after the beginning",
                String.format(Locale.ROOT, "p50 %.2f s", phase.firstStableSeconds()),
                String.format(Locale.ROOT, "%d utterances", phase.firstStable()),
                "");
        table.row(
                "  processors: worker, others",
                String.format(Locale.ROOT, "%.2f, %.2f", phase.workerCores(), phase.otherCores()),
                String.format(Locale.ROOT, "%.0f MB", phase.workerBytes() / 1e6),
                "");
    }
}
