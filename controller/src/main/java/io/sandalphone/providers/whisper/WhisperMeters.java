package io.sandalphone.providers.whisper;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;
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
/// @param dismissed utterances whose words were not believed, by why
/// @param realTimeFactor decoding time over the length of the sound, per utterance
/// @param recognition from the end of an utterance to its words
record WhisperMeters(
        Counter restarts,
        Counter audioDropped,
        Counter utterancesLost,
        Map<String, Counter> dismissed,
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
                Arrays.stream(Hearing.Verdict.values())
                        .filter(verdict -> verdict != Hearing.Verdict.CREDIBLE)
                        .collect(
                                Collectors.toMap(
                                        Hearing.Verdict::label,
                                        verdict ->
                                                group.counter(
                                                        "utterances.dismissed",
                                                        "utterances",
                                                        "Utterances whose words were not believed",
                                                        "reason",
                                                        verdict.label()))),
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
                restarts, audioDropped, utterancesLost, realTimeFactor, recognition, this::count);
    }

    private void count(WorkerResponse.Final answer) {
        Counter counter = dismissed.get(answer.dismissed());
        if (counter != null) {
            counter.increment();
        }
    }
}
