package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// Interpretation, of all lanes together.
public record LaneMeters(
        Counter spoken,
        Counter noWords,
        Counter recognitionFailed,
        Counter translationFailed,
        Counter synthesisFailed,
        Counter dropped,
        Counter late,
        Counter capped,
        Timer firstAudio) {
    public static LaneMeters register(MeterRegistry registry) {
        return new LaneMeters(
                utterances(registry, "spoken"),
                utterances(registry, "no_words"),
                utterances(registry, "recognition_failed"),
                utterances(registry, "translation_failed"),
                utterances(registry, "synthesis_failed"),
                utterances(registry, "dropped"),
                utterances(registry, "late"),
                Counter.builder("sandalphone.lane.capped")
                        .description(
                                "Translations cut off because their sound was longer than a"
                                        + " phrase may be")
                        .register(registry),
                Timer.builder("sandalphone.lane.first.audio")
                        .description(
                                "From the end of an utterance to the first audio of its"
                                        + " translation")
                        .publishPercentileHistogram()
                        .register(registry));
    }

    /// The first audio came `nanos` after the end of the utterance.
    public void firstAudio(long nanos) {
        firstAudio.record(Duration.ofNanos(Math.max(0, nanos)));
    }

    private static Counter utterances(MeterRegistry registry, String outcome) {
        return Counter.builder("sandalphone.lane.utterances")
                .description("Utterances by their outcome")
                .tag("outcome", outcome)
                .register(registry);
    }
}
