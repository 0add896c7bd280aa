package io.sandalphone.translate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What was translated and voiced before it was committed, of all lanes together.
public record SpeculationMeters(
        Counter used, Counter discarded, Counter translatedInVain, Counter voicedInVain) {
    static SpeculationMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "lane.speculation");
        return new SpeculationMeters(
                texts(group, "used"),
                texts(group, "discarded"),
                characters(group, "translation"),
                characters(group, "synthesis"));
    }

    private static Counter texts(MeterGroup group, String outcome) {
        return group.counter(
                "texts",
                "",
                "Texts whose translation was begun before they were committed, by what became of"
                        + " them",
                "outcome",
                outcome);
    }

    private static Counter characters(MeterGroup group, String stage) {
        return group.counter(
                "vain",
                "characters",
                "What was translated, or voiced, ahead and then discarded, in characters of what"
                        + " was said",
                "stage",
                stage);
    }
}
