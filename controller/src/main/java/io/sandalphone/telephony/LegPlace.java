package io.sandalphone.telephony;

import java.util.Map;

/// Where a leg is at its carrier, in the carrier's own words: what a gateway that starts after a crash
/// needs to find it again.
///
/// `carrier` is its name ([Carrier#name]); `at` are ids there by what they are of, such as `channel`. Two
/// are equal only when they are of the same leg. Thread-safe.
public record LegPlace(String carrier, Map<String, String> at) {
    public LegPlace {
        at = Map.copyOf(at);
    }
}
