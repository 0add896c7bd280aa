package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// What the embedded speech engines do.
///
/// @param recognizerRestarts recognition workers started after one that died or hung
/// @param translatorRestarts translation processes started after one that died or hung
/// @param audioDropped frames dropped because the recognition worker's queue was full
/// @param utterancesLost utterances answered with nothing because the worker died, hung or was
///     overloaded
/// @param realTimeFactor decoding time over the length of the sound, per utterance
/// @param recognition from the end of an utterance to its words
/// @param translation from text to its translation
/// @param firstAudio from text to the first sound of it
public record OfflineMeters(
        Counter recognizerRestarts,
        Counter translatorRestarts,
        Counter audioDropped,
        Counter utterancesLost,
        DistributionSummary realTimeFactor,
        Timer recognition,
        Timer translation,
        Timer firstAudio) {
    public static OfflineMeters register(MeterRegistry registry) {
        return new OfflineMeters(
                restarts(registry, "pocketsphinx"),
                restarts(registry, "apertium"),
                Counter.builder("sandalphone.offline.audio.dropped")
                        .description(
                                "Frames dropped because the recognition worker's queue was full")
                        .baseUnit("frames")
                        .register(registry),
                Counter.builder("sandalphone.offline.utterances.lost")
                        .description("Utterances the recognition worker never answered")
                        .baseUnit("utterances")
                        .register(registry),
                DistributionSummary.builder("sandalphone.offline.recognition.real.time.factor")
                        .description("Decoding time over the length of the sound, per utterance")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry),
                timer(registry, "recognition", "From the end of an utterance to its words"),
                timer(registry, "translation", "From text to its translation"),
                timer(registry, "first.audio", "From text to the first sound of it"));
    }

    private static Counter restarts(MeterRegistry registry, String engine) {
        return Counter.builder("sandalphone.offline.restarts")
                .description("Engine processes started after one that died or hung")
                .tag("engine", engine)
                .baseUnit("processes")
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder("sandalphone.offline." + name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }
}
