package io.sandalphone.speech.resilience;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;

import java.time.Duration;
import java.util.List;

/// What the tests of this package have in common.
final class Lab {
    static final ResilienceSettings SETTINGS =
            new ResilienceSettings(
                    new ResilienceSettings.Breaker(50, 4, 2, Duration.ofSeconds(10), 1),
                    new ResilienceSettings.Translation(
                            Duration.ofSeconds(2),
                            8,
                            new ResilienceSettings.Hedge(
                                    true, 95, 3, Duration.ofMillis(100), Duration.ofSeconds(30))),
                    new ResilienceSettings.Synthesis(
                            Duration.ofSeconds(2), Duration.ofSeconds(1), 8),
                    new ResilienceSettings.Transcription(Duration.ofSeconds(5), listening()),
                    new ResilienceSettings.Direct(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(1),
                            listening()),
                    ResilienceSettings.defaults().thinking());

    private static ResilienceSettings.Failover listening() {
        return new ResilienceSettings.Failover(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                8);
    }

    static final TranslationRequest TEXT =
            new TranslationRequest(
                    "w1", new Language("en"), new Language("es"), List.of(), Usage.UNMETERED);
    static final TranslationRequest SPECULATIVE_TEXT =
            new TranslationRequest(
                    "w1", new Language("en"), new Language("es"), List.of(), Usage.UNMETERED, true);
    static final SynthesisRequest SPECULATIVE_SPEECH =
            new SynthesisRequest(
                    "v1", new Language("es"), VoiceChoice.USUAL, Usage.UNMETERED, true);
    static final SynthesisRequest SPEECH =
            new SynthesisRequest("v1", new Language("es"), Usage.UNMETERED);

    final TestTime time = new TestTime();
    final MeterRegistry meters = new SimpleMeterRegistry();

    Resilience resilience() {
        return resilience(SETTINGS);
    }

    Resilience resilience(ResilienceSettings settings) {
        return new Resilience(settings, meters, time);
    }

    double count(String name, String provider, String... tags) {
        return meters.get("sandalphone.resilience." + name)
                .tag("provider", provider)
                .tags(tags)
                .counter()
                .count();
    }

    double gauge(String name, String provider) {
        return meters.get("sandalphone.resilience." + name)
                .tag("provider", provider)
                .gauge()
                .value();
    }
}
