package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What becomes of the sound the speakers make.
///
/// @param started utterances begun
/// @param clicks sounds too short to be an utterance, dropped
/// @param capped utterances ended because they had reached the greatest length
public record UtteranceMeters(Counter started, Counter clicks, Counter capped) {
    public static UtteranceMeters register(MeterRegistry registry) {
        return new UtteranceMeters(
                counter(registry, "started", "Utterances begun"),
                counter(registry, "clicks", "Sounds too short to be an utterance, dropped"),
                counter(registry, "capped", "Utterances ended at the greatest length"));
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("sandalphone.utterances." + name)
                .description(description)
                .register(registry);
    }
}
