package io.sandalphone.providers.offline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;
import io.sandalphone.speech.worker.VoiceCounts;
import io.sandalphone.speech.worker.WorkerCounts;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What the embedded speech engines do.
///
/// @param recognizerRestarts recognition workers started after one that died or hung
/// @param translatorRestarts translation processes started after one that died or hung
/// @param audioDropped frames dropped because the recognition worker's queue was full
/// @param utterancesLost utterances answered with nothing because the worker died, hung or was
///     overloaded
/// @param utterancesEarly utterances whose words were known, from their speaker's pause, before they ended
/// @param utterancesReopened utterances that went on behind such a pause, and were decoded again from their beginning
/// @param realTimeFactor decoding time over the length of the sound, per utterance
/// @param recognition from the end of an utterance to its words
/// @param translation from text to its translation
/// @param firstAudio of each voice, from text to the first sound of it
/// @param workers of the voices whose process all calls share
public record OfflineMeters(
        Counter recognizerRestarts,
        Counter translatorRestarts,
        Counter audioDropped,
        Counter utterancesLost,
        Counter utterancesEarly,
        Counter utterancesReopened,
        DistributionSummary realTimeFactor,
        Timer recognition,
        Timer translation,
        Map<VoiceKind, Timer> firstAudio,
        Map<VoiceKind, VoiceCounts> workers) {
    public OfflineMeters {
        firstAudio = Map.copyOf(firstAudio);
        workers = Map.copyOf(workers);
    }

    /// Those of the recognition worker.
    WorkerCounts recognizer() {
        return new WorkerCounts(
                recognizerRestarts,
                audioDropped,
                utterancesLost,
                realTimeFactor,
                recognition,
                words -> utterancesEarly.increment(words.before().early() ? 1 : 0),
                _ -> utterancesReopened.increment(),
                _ -> {});
    }

    Timer firstAudio(VoiceKind kind) {
        return Objects.requireNonNull(firstAudio.get(kind));
    }

    VoiceCounts worker(VoiceKind kind) {
        return Objects.requireNonNull(workers.get(kind));
    }

    public static OfflineMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "offline");
        Map<VoiceKind, Timer> firstAudio = new EnumMap<>(VoiceKind.class);
        for (var kind : VoiceKind.values()) {
            firstAudio.put(
                    kind,
                    group.timerWithPercentiles(
                            "first.audio",
                            "From text to the first sound of it",
                            "voice",
                            kind.toString()));
        }
        return new OfflineMeters(
                restarts(group, "pocketsphinx"),
                restarts(group, "apertium"),
                group.counter(
                        "audio.dropped",
                        "frames",
                        "Frames dropped because the recognition worker's queue was full"),
                group.counter(
                        "utterances.lost",
                        "utterances",
                        "Utterances the recognition worker never answered"),
                group.counter(
                        "utterances.early",
                        "utterances",
                        "Utterances whose words were known, from their speaker's pause, before they"
                                + " ended"),
                group.counter(
                        "utterances.reopened",
                        "utterances",
                        "Utterances that went on behind such a pause, and were decoded again from"
                                + " their beginning"),
                DistributionSummary.builder("sandalphone.offline.recognition.real.time.factor")
                        .description("Decoding time over the length of the sound, per utterance")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry),
                group.timerWithPercentiles(
                        "recognition", "From the end of an utterance to its words"),
                group.timerWithPercentiles("translation", "From text to its translation"),
                firstAudio,
                Map.of(
                        VoiceKind.PICO, worker(group, VoiceKind.PICO),
                        VoiceKind.FLITE, worker(group, VoiceKind.FLITE)));
    }

    private static Counter restarts(MeterGroup group, String engine) {
        return group.counter(
                "restarts",
                "processes",
                "Engine processes started after one that died or hung",
                "engine",
                engine);
    }

    private static VoiceCounts worker(MeterGroup group, VoiceKind kind) {
        return new VoiceCounts(
                restarts(group, kind.toString()),
                group.counter(
                        "phrases.lost",
                        "phrases",
                        "Phrases whose voice died or hung before all of them was spoken",
                        "voice",
                        kind.toString()));
    }
}
