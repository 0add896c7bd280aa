package io.sandalphone.translate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
        Counter skipped,
        Counter joined,
        Counter paused,
        Counter capped,
        Timer firstAudio,
        Timer lag,
        Map<LagStep, Counter> frames,
        SpeculationMeters speculation,
        SpanMeters spans) {
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
                utterances(group, "skipped"),
                utterances(group, "joined"),
                utterances(group, "paused"),
                group.counter(
                        "capped",
                        "",
                        "Translations cut off because their sound was longer than a phrase may be"),
                group.timerOfDelays(
                        "first.audio",
                        "From the end of an utterance to the first audio of its translation"),
                group.timerOfDelays(
                        "lag",
                        "How much sound was to be heard yet before an utterance, when it was"
                                + " committed"),
                frames(group),
                SpeculationMeters.register(registry),
                SpanMeters.register(registry));
    }

    private static Map<LagStep, Counter> frames(MeterGroup group) {
        Map<LagStep, Counter> frames = new EnumMap<>(LagStep.class);
        for (LagStep step : LagStep.values()) {
            frames.put(
                    step,
                    group.counter(
                            "spoken",
                            "frames",
                            "Sound of translations, 20 ms at a time, by how fast it was spoken",
                            "step",
                            step.name().toLowerCase(Locale.ROOT)));
        }
        return Map.copyOf(frames);
    }

    /// So many milliseconds of sound are to be heard before what was just committed.
    void lag(int millis) {
        lag.record(Duration.ofMillis(millis));
    }

    /// Another 20 ms were handed over.
    void spoken(LagStep step) {
        Objects.requireNonNull(frames.get(step)).increment();
    }

    /// The first audio came `nanos` after the end of the utterance.
    public void firstAudio(long nanos) {
        firstAudio.record(Duration.ofNanos(Math.max(0, nanos)));
    }

    private static Counter utterances(MeterGroup group, String outcome) {
        return group.counter("utterances", "", "Utterances by their outcome", "outcome", outcome);
    }
}
