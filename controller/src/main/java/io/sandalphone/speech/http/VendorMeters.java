package io.sandalphone.speech.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

/// How long services take that are asked over HTTP, by the provider.
public final class VendorMeters {
    private final MeterGroup group;

    private VendorMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "vendor");
    }

    public static VendorMeters register(MeterRegistry registry) {
        return new VendorMeters(registry);
    }

    /// Of a recognizer that is sent whole utterances.
    ///
    /// @param words from the end of an utterance to its words
    /// @param dismissed utterances whose words were not believed
    record Hearing(Timer words, Counter dismissed) {}

    Hearing hearing(String provider) {
        return new Hearing(
                group.timerWithPercentiles(
                        "words",
                        "From the end of an utterance, which is sent whole, to its words",
                        "provider",
                        provider),
                group.counter(
                        "utterances.dismissed",
                        "utterances",
                        "Utterances whose words were not believed: nobody spoke, or a repetition",
                        "provider",
                        provider));
    }

    /// Of a synthesizer: from a request to its first sound.
    Timer firstAudio(String provider) {
        return group.timerWithPercentiles(
                "first.audio", "From a request to its first sound", "provider", provider);
    }
}
