package io.sandalphone.translate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.time.Duration;

/// Interpretation, of all lanes together.
public record LaneMeters(
        Counter spoken,
        Counter noWords,
        Counter noSpeech,
        Counter recognitionFailed,
        Counter translationFailed,
        Counter synthesisFailed,
        Counter dropped,
        Counter late,
        Counter capped,
        Timer firstAudio,
        SpeculationMeters speculation) {
    public static LaneMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "lane");
        return new LaneMeters(
                utterances(group, "spoken"),
                utterances(group, "no_words"),
                utterances(group, "no_speech"),
                utterances(group, "recognition_failed"),
                utterances(group, "translation_failed"),
                utterances(group, "synthesis_failed"),
                utterances(group, "dropped"),
                utterances(group, "late"),
                group.counter(
                        "capped",
                        "",
                        "Translations cut off because their sound was longer than a phrase may be"),
                group.timerOfDelays(
                        "first.audio",
                        "From the end of an utterance to the first audio of its translation"),
                SpeculationMeters.register(registry));
    }

    /// The first audio came `nanos` after the end of the utterance.
    public void firstAudio(long nanos) {
        firstAudio.record(Duration.ofNanos(Math.max(0, nanos)));
    }

    private static Counter utterances(MeterGroup group, String outcome) {
        return group.counter("utterances", "", "Utterances by their outcome", "outcome", outcome);
    }
}
