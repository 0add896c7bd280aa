package io.sandalphone.speech;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.Map;

/// Makes the engines that settings ask for by name. Found by [java.util.ServiceLoader], so engines
/// can be added by adding a jar.
public interface SpeechEnginesFactory {
    /// The name settings ask by: short, in lower case.
    String name();

    /// Engines made as `settings` say, whose keys are this factory's own. An unknown key or a wrong
    /// value throws [IllegalArgumentException] with a message for the operator. What the engines
    /// count and time goes to `meters`.
    SpeechEngines create(Map<String, String> settings, MeterRegistry meters);
}
