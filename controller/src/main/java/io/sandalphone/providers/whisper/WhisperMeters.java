package io.sandalphone.providers.whisper;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;
import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.speech.worker.WorkerCounts;
import io.sandalphone.speech.worker.WorkerResponse;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// What Whisper does.
///
/// @param restarts workers started after one that died or hung
/// @param audioDropped frames dropped because the worker's queue was full
/// @param utterancesLost utterances answered with nothing because the worker died or hung
/// @param utterancesRefused utterances refused because their words would have taken too long
/// @param utterancesEarly utterances that had been decoded, in their speaker's pause, before they ended
/// @param dismissed utterances whose words were not believed, by why
/// @param partials decodings of utterances that went on
/// @param partialsAbandoned of those the ones given up for a finished utterance
/// @param partialsProcessor processor time of all of them, in seconds
/// @param wordsStable words given out as stable before their utterance ended
/// @param wordsContradicted of those the ones that turned out wrong
/// @param confidence how sure it was of utterances with words
/// @param realTimeFactor decoding time over the length of the sound, per utterance
/// @param recognition from the end of an utterance to its words
record WhisperMeters(
        Counter restarts,
        Counter audioDropped,
        Counter utterancesLost,
        Counter utterancesRefused,
        Counter utterancesEarly,
        Map<String, Counter> dismissed,
        Counter partials,
        Counter partialsAbandoned,
        Counter partialsProcessor,
        Counter wordsStable,
        Counter wordsContradicted,
        DistributionSummary confidence,
        DistributionSummary realTimeFactor,
        Timer recognition) {
    static WhisperMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "whisper");
        return new WhisperMeters(
                group.counter(
                        "restarts", "processes", "Workers started after one that died or hung"),
                group.counter(
                        "audio.dropped",
                        "frames",
                        "Frames dropped because the worker's queue was full"),
                group.counter(
                        "utterances.lost", "utterances", "Utterances the worker never answered"),
                group.counter(
                        "utterances.refused",
                        "utterances",
                        "Utterances refused because their words would have taken too long"),
                group.counter(
                        "utterances.early",
                        "utterances",
                        "Utterances that had been decoded, in their speaker's pause, before they"
                                + " ended"),
                Arrays.stream(WhisperHearing.Verdict.values())
                        .filter(verdict -> verdict != WhisperHearing.Verdict.CREDIBLE)
                        .collect(
                                Collectors.toMap(
                                        WhisperHearing.Verdict::label,
                                        verdict ->
                                                group.counter(
                                                        "utterances.dismissed",
                                                        "utterances",
                                                        "Utterances whose words were not believed",
                                                        "reason",
                                                        verdict.label()))),
                group.counter("partials", "decodings", "Decodings of utterances that went on"),
                group.counter(
                        "partials.abandoned",
                        "decodings",
                        "Decodings of utterances that went on, given up for a finished one"),
                group.counter(
                        "partials.processor",
                        "seconds",
                        "Processor time of decoding utterances that went on"),
                group.counter(
                        "words.stable",
                        "words",
                        "Words given out as stable before their utterance ended"),
                group.counter(
                        "words.contradicted",
                        "words",
                        "Words given out as stable that turned out wrong"),
                DistributionSummary.builder("sandalphone.whisper.confidence")
                        .description("How sure it was of utterances with words, 0 to 1")
                        .publishPercentiles(0.1, 0.5)
                        .register(registry),
                DistributionSummary.builder("sandalphone.whisper.recognition.real.time.factor")
                        .description("Decoding time over the length of the sound, per utterance")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry),
                group.timerWithPercentiles(
                        "recognition", "From the end of an utterance to its words"));
    }

    /// Those of the worker.
    WorkerCounts worker() {
        return new WorkerCounts(
                restarts,
                audioDropped,
                utterancesLost,
                realTimeFactor,
                recognition,
                this::count,
                this::count,
                _ -> utterancesRefused.increment());
    }

    private void count(WorkerResponse.Attempted attempt) {
        partials.increment();
        partialsProcessor.increment(attempt.processorNanos() / 1e9);
        if (attempt.abandoned()) {
            partialsAbandoned.increment();
        }
    }

    private void count(WorkerResponse.Final answer) {
        WorkerResponse.Before before = answer.before();
        wordsStable.increment(before.stable());
        wordsContradicted.increment(before.contradicted());
        if (before.early()) {
            utterancesEarly.increment();
        }
        if (!answer.text().isEmpty()) {
            answer.confidence().ifPresent(confidence::record);
        }
        Counter counter = dismissed.get(answer.dismissed());
        if (counter != null) {
            counter.increment();
        }
    }
}
