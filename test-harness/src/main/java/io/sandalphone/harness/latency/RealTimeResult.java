package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.PolicyResult.Percentiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How soon the same utterances were heard in calls of a real gateway and in virtual time. Milliseconds.
///
/// @param over what carried the calls
/// @param load the machine's, of the last minute when the calls were over, beside the `processors` it has
/// @param partedOtherwise utterances that were heard in more clauses, or fewer, than in virtual time; only their first sound counts
record RealTimeResult(
        String over,
        String profile,
        long seed,
        double load,
        int processors,
        Measure firstSound,
        Measure phraseDelay,
        Measure earVoiceSpan,
        int partedOtherwise,
        List<SaidInCall> utterances) {
    /// By how much they may differ at the median.
    private static final long MOST_APART_MILLIS = 60;

    /// In calls, in virtual time, and by how much later the one was than the other each time.
    record Measure(int count, Percentiles real, Percentiles virtual, Percentiles later) {
        private static Measure of(List<Long> real, List<Long> virtual) {
            List<Long> later = new ArrayList<>();
            for (int i = 0; i < real.size(); i++) {
                later.add(real.get(i) - virtual.get(i));
            }
            return new Measure(
                    real.size(),
                    Percentiles.of(real),
                    Percentiles.of(virtual),
                    Percentiles.of(later));
        }

        /// Whether half of them differ by little enough.
        boolean agrees() {
            return count > 0 && Math.abs(later.p50()) <= MOST_APART_MILLIS;
        }
    }

    RealTimeResult {
        utterances = List.copyOf(utterances);
    }

    static RealTimeResult of(
            String over,
            String profile,
            long seed,
            double load,
            int processors,
            List<SaidInCall> utterances) {
        return new RealTimeResult(
                over,
                profile,
                seed,
                load,
                processors,
                firstSound(utterances),
                phraseDelay(utterances),
                earVoiceSpan(utterances),
                (int) utterances.stream().filter(each -> !each.sameClauses()).count(),
                utterances);
    }

    private static Measure firstSound(List<SaidInCall> utterances) {
        List<Long> real = new ArrayList<>();
        List<Long> virtual = new ArrayList<>();
        for (SaidInCall said : utterances) {
            if (said.isShort() && !said.heard().isEmpty() && !said.virtual().isEmpty()) {
                real.add(said.heard().getFirst() - said.durationMs());
                virtual.add(said.virtual().getFirst() - said.durationMs());
            }
        }
        return Measure.of(real, virtual);
    }

    private static Measure phraseDelay(List<SaidInCall> utterances) {
        List<Long> real = new ArrayList<>();
        List<Long> virtual = new ArrayList<>();
        for (SaidInCall said : utterances) {
            if (said.isShort() && said.sameClauses()) {
                real.add(said.heard().getLast() - said.durationMs());
                virtual.add(said.virtual().getLast() - said.durationMs());
            }
        }
        return Measure.of(real, virtual);
    }

    private static Measure earVoiceSpan(List<SaidInCall> utterances) {
        List<Long> real = new ArrayList<>();
        List<Long> virtual = new ArrayList<>();
        for (SaidInCall said : utterances) {
            if (!said.isShort() && said.sameClauses()) {
                for (int i = 0; i < said.heard().size(); i++) {
                    long start = said.clauseStarts().get(i);
                    real.add(said.heard().get(i) - start);
                    virtual.add(said.virtual().get(i) - start);
                }
            }
        }
        return Measure.of(real, virtual);
    }

    /// For a terminal.
    String table() {
        var text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d utterances in calls over %s and in virtual time; profile %s, seed %d;"
                                + " load %.1f on %d processors; milliseconds are p50/p90/p95%n",
                        utterances.size(),
                        over,
                        profile,
                        seed,
                        load,
                        processors));
        row(text, "first sound", firstSound, "short phrases");
        row(text, "phrase delay", phraseDelay, "short phrases");
        row(text, "ear-voice span", earVoiceSpan, "clauses");
        text.append(
                String.format(
                        "%d utterances were heard in more clauses or fewer%n%n", partedOtherwise));
        for (SaidInCall said : utterances) {
            text.append(
                    String.format(
                            "  %-20s until %5d: heard at %s, virtual %s%n",
                            said.id(), said.durationMs(), said.heard(), said.virtual()));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Measure measure, String of) {
        text.append(
                String.format(
                        "%-15s in calls %s, virtual %s, later by %s; %d %s; at most %d at"
                                + " the median: %s%n",
                        name,
                        measure.real(),
                        measure.virtual(),
                        measure.later(),
                        measure.count(),
                        of,
                        MOST_APART_MILLIS,
                        measure.agrees() ? "ok" : "MISSED"));
    }
}
