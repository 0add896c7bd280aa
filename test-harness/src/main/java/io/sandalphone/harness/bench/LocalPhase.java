package io.sandalphone.harness.bench;

import io.sandalphone.harness.recognition.RecognizedWords;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/// What one number of people brought about.
///
/// @param people how many spoke
/// @param talkShare how much of the time each of them did
/// @param utterances how many were answered
/// @param refused how many were not, for there was too much to do
/// @param beyondPause from when the end of an utterance was known to its words
/// @param short2 the same, of utterances of 1.5 to 2.5 s
/// @param long5 the same, of utterances of 4 to 6 s
/// @param afterSpeech from the end of the speech to its words: the pause is in it
/// @param english words said in English, and the wrong ones
/// @param spanish the same in Spanish
/// @param early utterances of which all was decoded before their end was known
/// @param partials decodings of utterances that went on, and of those the abandoned ones
/// @param firstStable in how many utterances stable words were given out before their end
/// @param firstStableSeconds the median of when, after their beginning
/// @param stable words given out as stable, and of those the contradicted ones
/// @param workerCores processors that the worker took
/// @param partialCores of those for utterances that went on
/// @param otherCores processors that everything else on this machine took, this program aside
/// @param workerBytes resident memory of the worker
record LocalPhase(
        int people,
        double talkShare,
        int utterances,
        int refused,
        Delays beyondPause,
        Delays short2,
        Delays long5,
        Delays afterSpeech,
        RecognizedWords english,
        RecognizedWords spanish,
        int early,
        Tried partials,
        int firstStable,
        double firstStableSeconds,
        Given stable,
        double workerCores,
        double partialCores,
        double otherCores,
        long workerBytes) {
    /// How many decodings were tried, and how many of them abandoned.
    record Tried(int all, int abandoned) {}

    /// How many words were given out, and how many of them were wrong.
    record Given(int words, int contradicted) {
        double percent() {
            return words == 0 ? 0 : 100.0 * contradicted / words;
        }
    }

    /// How long people waited, in milliseconds.
    record Delays(long count, double p50Millis, double p95Millis, double maxMillis) {
        static Delays of(
                List<LocalSpeaker.Answer> answers, ToLongFunction<LocalSpeaker.Answer> nanos) {
            long[] sorted = answers.stream().mapToLong(nanos).sorted().toArray();
            return new Delays(
                    sorted.length,
                    percentile(sorted, 50),
                    percentile(sorted, 95),
                    percentile(sorted, 100));
        }

        private static double percentile(long[] sorted, int percent) {
            return sorted.length == 0
                    ? 0
                    : sorted[Math.ceilDiv(sorted.length * percent, 100) - 1] / 1e6;
        }
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(0);
    }

    /// Whether the first sound of nearly all translations comes soon enough, `then` after the words.
    boolean carried(double thenMillis, double mostMillis) {
        return refused == 0 && afterSpeech.p95Millis + thenMillis <= mostMillis;
    }
}
