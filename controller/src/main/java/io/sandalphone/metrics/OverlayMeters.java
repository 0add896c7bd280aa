package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Calls on Asterisk, and what we have to mend or clear away there.
public record OverlayMeters(
        Counter audioLost,
        Counter refused,
        Counter repaired,
        Counter releaseIncomplete,
        Counter swept,
        Counter pairsLeftTalking,
        Counter adoptedArrivals) {
    public static OverlayMeters register(MeterRegistry registry) {
        return new OverlayMeters(
                counter(
                        registry,
                        "sandalphone.overlay.audio.lost",
                        "Times the private audio path of a call ended or could not be built"),
                counter(
                        registry,
                        "sandalphone.overlay.requests.refused",
                        "Steps of a call that Asterisk refused"),
                counter(
                        registry,
                        "sandalphone.overlay.legs.repaired",
                        "Legs put back into their bridge because their packets began another"
                                + " numbering"),
                counter(
                        registry,
                        "sandalphone.overlay.release.incomplete",
                        "Calls that could not be cleared away at once and were left to a sweep"),
                counter(
                        registry,
                        "sandalphone.overlay.swept",
                        "Channels and bridges of dead calls removed by a sweep"),
                counter(
                        registry,
                        "sandalphone.overlay.pairs.left.talking",
                        "Calls of an earlier controller found talking and left to talk"
                                + " untranslated"),
                counter(
                        registry,
                        "sandalphone.overlay.arrivals.adopted",
                        "Calls that arrived while nobody listened and were taken up afterwards"));
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
