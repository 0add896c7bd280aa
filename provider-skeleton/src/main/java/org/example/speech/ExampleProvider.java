package org.example.speech;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/// Found by the name `example`. Its settings, all of them wanted under `engines.example`: `endpoint`,
/// `api-key`, `timeout`.
public final class ExampleProvider implements SpeechProvider {
    static final String NAME = "example";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return Set.of(Capability.TRANSCRIBER, Capability.TRANSLATOR, Capability.SYNTHESIZER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<URI> endpoint = own.uri("endpoint", "https", "http");
        Setting<Secret> key = own.secret("api-key");
        Setting<Duration> timeout =
                own.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        return own.make(
                () -> {
                    URI address = endpoint.get();
                    Secret secret = key.get();
                    Duration patience = timeout.get();
                    return _ -> engines(() -> new ExampleService(address, secret, patience));
                });
    }

    /// Each port closes its own client.
    private static ProviderEngines engines(Supplier<ExampleService> service) {
        return ProviderEngines.of(
                new ExampleTranscriber(service.get()),
                new ExampleTranslator(service.get()),
                new ExampleSynthesizer(service.get()));
    }
}
