package io.sandalphone.speech.text.protect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// Translations in which something that must arrive whole did not.
///
/// @param repaired translations made again piece by piece because something in them was not whole
/// @param refused translations given up because they said something else
public record ProtectionMeters(Counter repaired, Counter refused) {
    public static ProtectionMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "text");
        return new ProtectionMeters(
                group.counter(
                        "translations.repaired",
                        "translations",
                        "Translations made again piece by piece because a number, name or address"
                                + " in them was not whole"),
                group.counter(
                        "translations.refused",
                        "translations",
                        "Translations given up because they said another number, or denied what was"
                                + " affirmed"));
    }
}
