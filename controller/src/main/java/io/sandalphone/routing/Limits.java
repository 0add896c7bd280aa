package io.sandalphone.routing;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.E164;

import java.util.List;
import java.util.Set;

/// What keeps a mistake or a stolen token from becoming a telephone bill: how many calls may live at
/// once, what may be dialled, and how much of a day one number may use.
public record Limits(int maxConcurrentCalls, Destinations destinations, DailyCaps daily) {
    public Limits {
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException(
                    "limit of " + maxConcurrentCalls + " calls lets nobody call");
        }
    }

    /// Without regions beside those of the prefixes, and without caps of the day.
    public Limits(int maxConcurrentCalls, List<String> destinations) {
        this(maxConcurrentCalls, new Destinations(destinations, Set.of()), DailyCaps.NONE);
    }

    /// Reads the section `limits`.
    public static Setting<Limits> read(Section section) {
        Setting<Integer> maxConcurrentCalls = section.integer("max-concurrent-calls", 1, 10_000);
        Setting<Destinations> destinations = Destinations.read(section);
        Setting<DailyCaps> daily = DailyCaps.read(section.section("daily"));
        return section.make(
                () -> new Limits(maxConcurrentCalls.get(), destinations.get(), daily.get()));
    }

    /// Whether `number` may be dialled.
    public boolean allows(E164 number) {
        return destinations.allow(number);
    }
}
