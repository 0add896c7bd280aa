package io.sandalphone.speech.segment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What becomes of the sound the speakers make.
///
/// @param started utterances begun
/// @param clicks sounds too short to be an utterance, dropped
/// @param capped utterances ended because they had reached the greatest length
/// @param prompt utterances ended after a shorter silence, for their words sounded complete
/// @param refused utterances that turned out to be tones, data or music
public record UtteranceMeters(
        Counter started, Counter clicks, Counter capped, Counter prompt, Counter refused) {
    public static UtteranceMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "utterances");
        return new UtteranceMeters(
                group.counter("started", "", "Utterances begun"),
                group.counter("clicks", "", "Sounds too short to be an utterance, dropped"),
                group.counter("capped", "", "Utterances ended at the greatest length"),
                group.counter(
                        "prompt",
                        "",
                        "Utterances ended after a shorter silence, for their words sounded"
                                + " complete"),
                group.counter(
                        "refused", "", "Utterances that turned out to be tones, data or music"));
    }
}
