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
        Timer firstAudio) {
    public static LaneMeters register(MeterRegistry registry) {
        return new LaneMeters(
                utterances(registry, "spoken"),
                utterances(registry, "no_words"),
                utterances(registry, "recognition_failed"),
                utterances(registry, "translation_failed"),
                utterances(registry, "synthesis_failed"),
                utterances(registry, "dropped"),
                Timer.builder("sandalphone.lane.first.audio")
                        .description(
                                "From the end of an utterance to the first audio of its"
                                        + " translation")
                        .publishPercentileHistogram()
                        .register(registry));
    }

    /// The first audio came `millis` after the end of the utterance.
    public void firstAudio(long millis) {
        firstAudio.record(Duration.ofMillis(Math.max(0, millis)));
    }

    private static Counter utterances(MeterRegistry registry, String outcome) {
        return Counter.builder("sandalphone.lane.utterances")
                .description("Utterances by their outcome")
                .tag("outcome", outcome)
                .register(registry);
    }
}
