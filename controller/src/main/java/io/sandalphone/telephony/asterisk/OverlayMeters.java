package io.sandalphone.telephony.asterisk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// Calls on Asterisk, and what we have to mend or clear away there.
public record OverlayMeters(
        Counter audioLost,
        Counter refused,
        Counter repeated,
        Counter repaired,
        Counter releaseIncomplete,
        Counter swept,
        Counter pairsLeftTalking,
        Counter adoptedArrivals,
        Counter silentAsked,
        Counter silentEnded,
        Counter secondPop) {
    public static OverlayMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "overlay");
        return new OverlayMeters(
                group.counter(
                        "audio.lost",
                        "",
                        "Times the private audio path of a call ended or could not be built"),
                group.counter("requests.refused", "", "Steps of a call that Asterisk refused"),
                group.counter(
                        "requests.repeated",
                        "",
                        "Requests that Asterisk refused or did not answer, asked again because"
                                + " somebody would be worse off without"),
                group.counter(
                        "legs.repaired",
                        "",
                        "Legs put back into their bridge because their packets began another"
                                + " numbering"),
                group.counter(
                        "release.incomplete",
                        "",
                        "Calls that could not be cleared away at once and were left to a sweep"),
                group.counter("swept", "", "Channels and bridges of dead calls removed by a sweep"),
                group.counter(
                        "pairs.left.talking",
                        "",
                        "Calls of an earlier controller found talking and left to talk"
                                + " untranslated"),
                group.counter(
                        "arrivals.adopted",
                        "",
                        "Calls that arrived while nobody listened and were taken up afterwards"),
                group.counter(
                        "silent.legs.asked",
                        "",
                        "Times a phone that sent no packets was asked whether it is still there"),
                group.counter(
                        "silent.legs.ended",
                        "",
                        "Calls that ended because a leg sent no packets for too long and nobody"
                                + " spoke to it"),
                group.counter(
                        "second.pop.dialled",
                        "",
                        "Phones dialled once more by the trunk's second point of presence, because"
                                + " the first did not answer"));
    }
}
