package io.sandalphone.app;

import io.sandalphone.speech.Capability;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.resilience.ResilienceSettings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which engines hear, translate and speak.
///
/// @param order for each purpose the engines by name, in the order in which they are tried
/// @param makers of every engine that is named, what makes it as its settings say
/// @param resilience when the next engine is tried
public record SpeechSettings(
        Map<Capability, List<String>> order,
        Map<String, SpeechProvider.Maker> makers,
        ResilienceSettings resilience) {
    public SpeechSettings {
        order = Map.copyOf(order);
        makers = Map.copyOf(makers);
    }

    /// The key under which the engines for `capability` stand.
    static String key(Capability capability) {
        return capability.name().toLowerCase(Locale.ROOT);
    }

    /// Whether `names` can be tried in their order: none twice, and at least one where the gateway
    /// does not work without.
    static boolean isOrder(Capability capability, List<String> names) {
        return names.size() == Set.copyOf(names).size()
                && (capability == Capability.DIRECT || !names.isEmpty());
    }
}
