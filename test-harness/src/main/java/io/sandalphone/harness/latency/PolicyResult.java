package io.sandalphone.harness.latency;

import java.util.Arrays;
import java.util.List;

/// How one policy fared in one language. All times are milliseconds; `controller/docs/benchmarks.md` defines them.
///
/// @param clauses that were committed, of which `refused` came to nothing and `late` were not spoken because it was too late
/// @param unheard short phrases whose last clause was not heard: they have no phrase delay
/// @param ours phrase delay less the floor of the same phrase
/// @param spanParts what the ear-voice span is made of
/// @param pace how many times as fast as by itself the voice spoke in long speech, on average
/// @param translationCharacters sent, for each that the first policy sends, and `synthesisCharacters`
/// @param revised phrases revised after they were voiced
/// @param chrf against the reference, the mean over utterances
/// @param talkedOverSeconds in which the translation talks over the listener
record PolicyResult(
        String policy,
        String language,
        int utterances,
        int clauses,
        int refused,
        int late,
        int unheard,
        Percentiles clauseWords,
        Percentiles phraseDelay,
        Percentiles firstSound,
        Percentiles floor,
        Percentiles ours,
        Percentiles earVoiceSpan,
        SpanParts spanParts,
        Percentiles tail,
        double pace,
        double translationCharacters,
        double synthesisCharacters,
        int revised,
        double chrf,
        Share numbers,
        Share names,
        Share negations,
        double talkedOverSeconds) {
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

        @Override
        public String toString() {
            return p50 + "/" + p90 + "/" + p95;
        }
    }

    /// So many of so many.
    record Share(int kept, int of) {
        Share plus(int more, int ofMore) {
            return new Share(kept + more, of + ofMore);
        }

        @Override
        public String toString() {
            return kept + " of " + of;
        }
    }
}
