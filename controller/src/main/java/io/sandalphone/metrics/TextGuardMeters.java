package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What is kept whole in, and kept out of, what is translated.
///
/// @param repaired translations made again piece by piece because something in them was not whole
/// @param refused translations given up because of a number that nobody said
/// @param fillers fillers and back-channels taken out of what is translated
/// @param sameLanguage utterances left alone because the listener understands them
/// @param echoes utterances dropped, or shortened, because they were a translation coming back
public record TextGuardMeters(
        Counter repaired, Counter refused, Counter fillers, Counter sameLanguage, Counter echoes) {
    public static TextGuardMeters register(MeterRegistry registry) {
        return new TextGuardMeters(
                counter(
                        registry,
                        "translations.repaired",
                        "translations",
                        "Translations made again piece by piece because a number, name or address"
                                + " in them was not whole"),
                counter(
                        registry,
                        "translations.refused",
                        "translations",
                        "Translations given up because of a number that nobody said"),
                counter(
                        registry,
                        "fillers",
                        "words",
                        "Fillers and back-channels taken out of what is translated"),
                counter(
                        registry,
                        "same.language",
                        "utterances",
                        "Utterances left alone because the listener understands them"),
                counter(
                        registry,
                        "echoes",
                        "utterances",
                        "Utterances dropped, or shortened, because they were a translation coming"
                                + " back through its listener's microphone"));
    }

    private static Counter counter(
            MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder("sandalphone.text." + name)
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }
}
