package io.sandalphone.harness.latency;

import java.util.Arrays;
import java.util.List;

/// How one policy fared in one language. All times are milliseconds.
///
/// @param utterances of the set
/// @param clauses that were translated and voiced, and `withheld` those whose translation may not be spoken
/// @param clauseWords how many words a clause has
/// @param phraseDelay of short phrases: from the last sample to the first of the last clause's translation
/// @param floor of the same phrases: what the providers alone take
/// @param earVoiceSpan of long speech: from a clause's first word to the first sound of its translation
/// @param tail of long speech: from the last word to the last sound
/// @param characters sent to the translator, for each that the patient policy sends
/// @param chrf against the reference, the mean over utterances
/// @param kept of `toKeep` numbers, names and negations
record PolicyResult(
        String policy,
        String language,
        int utterances,
        int clauses,
        int withheld,
        Percentiles clauseWords,
        Percentiles phraseDelay,
        Percentiles floor,
        Percentiles earVoiceSpan,
        Percentiles tail,
        double characters,
        double chrf,
        int kept,
        int toKeep) {
    /// Of a list of numbers; zeros where it is empty.
    record Percentiles(long p50, long p90, long p95) {
        static Percentiles of(List<Long> values) {
            long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return new Percentiles(at(sorted, 50), at(sorted, 90), at(sorted, 95));
        }

        private static long at(long[] sorted, int percent) {
            return sorted.length == 0
                    ? 0
                    : sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
        }
    }
}
