package io.sandalphone.harness.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one run of the media benchmark measured; `controller/docs/benchmarks.md` says what each part
/// means.
record MediaResult(
        int calls,
        double seconds,
        int processors,
        String asteriskVersion,
        Distribution injectionDelay,
        long injectionsNeverHeard,
        Distribution scheduleError,
        Distribution listeningJitter,
        Cost controller,
        Map<String, Double> controllerThreadsCpuPercentPerCall,
        Cost asterisk,
        double harnessCpuPercent,
        double captureCpuPercent,
        double otherCpuPercent,
        Distribution gcPauses,
        long heapAfterCollectionMegabytes,
        long wordsSaid,
        long wordsHeard,
        Map<String, Double> troubles,
        long packetsCaptured,
        long packetsNotCaptured) {
    private static final double MOST_INJECTION_MILLIS = 30;
    private static final double MOST_SCHEDULE_MILLIS = 2;
    private static final double MOST_CPU_PERCENT = 0.25;

    /// What one process takes. Processor time is in percent of one core, for each call; memory is
    /// what all calls together added, divided by their number, and in all.
    record Cost(
            double cpuPercentPerCall,
            double userPercentPerCall,
            double systemPercentPerCall,
            double kilobytesPerCall,
            double residentMegabytes) {
        static Cost of(
                ProcessUsage taken, ProcessUsage added, ProcessUsage end, int calls, double s) {
            return new Cost(
                    100 * taken.seconds() / s / calls,
                    100 * taken.userSeconds() / s / calls,
                    100 * taken.systemSeconds() / s / calls,
                    added.residentBytes() / 1024.0 / calls,
                    end.residentBytes() / 1024.0 / 1024.0);
        }

        private String cpu() {
            return String.format(
                    Locale.ROOT,
                    "%.3f %% of a core  (user %.3f, system %.3f)",
                    cpuPercentPerCall,
                    userPercentPerCall,
                    systemPercentPerCall);
        }

        private String memory() {
            return String.format(
                    Locale.ROOT, "%.0f kB  (%.0f MB in all)", kilobytesPerCall, residentMegabytes);
        }
    }

    String json() {
        try {
            return new ObjectMapper()
                            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(this)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String table() {
        var rows = new StringBuilder();
        rows.append(
                String.format(
                        Locale.ROOT,
                        "%d calls for %.0f s, relay on, %d processors, Asterisk %s%n",
                        calls,
                        seconds,
                        processors,
                        asteriskVersion));
        row(rows, "measure", "value", "target", "");
        row(
                rows,
                "injection delay, ms",
                millis(injectionDelay),
                String.format(Locale.ROOT, "p99 <= %.0f", MOST_INJECTION_MILLIS),
                verdict(
                        injectionDelay.count() > 0
                                && injectionDelay.p99Millis() <= MOST_INJECTION_MILLIS));
        row(
                rows,
                "20 ms schedule, error, ms",
                millis(scheduleError),
                String.format(Locale.ROOT, "p99 <= %.0f", MOST_SCHEDULE_MILLIS),
                verdict(
                        scheduleError.count() > 0
                                && scheduleError.p99Millis() <= MOST_SCHEDULE_MILLIS));
        row(rows, "listening, |interval - 20 ms|, ms", millis(listeningJitter), "", "");
        row(
                rows,
                "controller, CPU per call",
                controller.cpu(),
                String.format(Locale.ROOT, "<= %.2f", MOST_CPU_PERCENT),
                verdict(controller.cpuPercentPerCall() <= MOST_CPU_PERCENT));
        controllerThreadsCpuPercentPerCall.forEach(
                (purpose, percent) ->
                        row(
                                rows,
                                "  of which " + purpose,
                                String.format(Locale.ROOT, "%.3f %%", percent),
                                "",
                                ""));
        row(rows, "Asterisk, CPU per call", asterisk.cpu(), "", "");
        row(rows, "controller, memory per call", controller.memory(), "", "");
        row(rows, "Asterisk, memory per call", asterisk.memory(), "", "");
        row(
                rows,
                "GC pauses, ms",
                millis(gcPauses)
                        + String.format(
                                Locale.ROOT, ", heap after %d MB", heapAfterCollectionMegabytes),
                "",
                "");
        row(
                rows,
                "translated words heard",
                String.format(
                        Locale.ROOT,
                        "%d of %d; talk spurts lost %d",
                        wordsHeard,
                        wordsSaid,
                        injectionsNeverHeard),
                "all",
                verdict(wordsHeard == wordsSaid && injectionsNeverHeard == 0));
        row(rows, "dropped, late, failed", list(troubles), "none", verdict(troubles.isEmpty()));
        row(
                rows,
                "beside them, % of a core",
                String.format(
                        Locale.ROOT,
                        "harness %.0f, capture %.1f, everything else %.0f",
                        harnessCpuPercent,
                        captureCpuPercent,
                        otherCpuPercent),
                "",
                "");
        row(
                rows,
                "packets captured",
                String.format(
                        Locale.ROOT, "%d, not captured %d", packetsCaptured, packetsNotCaptured),
                "",
                packetsNotCaptured == 0 ? "" : "INCOMPLETE");
        return rows.toString();
    }

    private static void row(
            StringBuilder rows, String name, String value, String target, String verdict) {
        rows.append(
                String.format(Locale.ROOT, "%-34s %-58s %-18s %s%n", name, value, target, verdict)
                        .replaceAll(" +\\R", "\n"));
    }

    private static String millis(Distribution times) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f  p99 %.2f  max %.2f  (n %d)",
                times.p50Millis(),
                times.p99Millis(),
                times.maxMillis(),
                times.count());
    }

    private static String list(Map<String, Double> counters) {
        List<String> texts = new ArrayList<>();
        counters.forEach(
                (name, value) -> texts.add(String.format(Locale.ROOT, "%s %.0f", name, value)));
        return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    private static String verdict(boolean reached) {
        return reached ? "ok" : "MISSED";
    }
}
