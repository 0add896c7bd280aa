package io.sandalphone.translate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What is kept out of what is translated.
///
/// @param fillers fillers and back-channels taken out of what is translated
/// @param sameLanguage utterances left alone because the listener understands them
/// @param echoes utterances dropped, or shortened, because they were a translation coming back
public record TranscriptFilterMeters(Counter fillers, Counter sameLanguage, Counter echoes) {
    public static TranscriptFilterMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "text");
        return new TranscriptFilterMeters(
                group.counter(
                        "fillers",
                        "words",
                        "Fillers and back-channels taken out of what is translated"),
                group.counter(
                        "same.language",
                        "utterances",
                        "Utterances left alone because the listener understands them"),
                group.counter(
                        "echoes",
                        "utterances",
                        "Utterances dropped, or shortened, because they were a translation coming"
                                + " back through its listener's microphone"));
    }
}
