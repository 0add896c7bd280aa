package io.sandalphone.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.resilience.Resilience;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/// The engines that settings ask for. Each provider that is named is made once, and of it the ports
/// that are wanted are used. Closing ends them all.
final class Engines implements AutoCloseable {
    private final SpeechSettings settings;
    private final Resilience resilience;
    private final Map<String, ProviderEngines> made = new LinkedHashMap<>();

    Engines(SpeechSettings settings, MeterRegistry meters) {
        this.settings = settings;
        resilience = new Resilience(settings.resilience(), meters);
        try {
            settings.makers().forEach((name, maker) -> made.put(name, maker.make(meters)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The providers there are.
    static List<SpeechProvider> providers() {
        return ServiceLoader.load(SpeechProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(SpeechProvider::name))
                .toList();
    }

    /// What to interpret with: of each list, the first that works.
    SpeechEngines chosen() {
        return new SpeechEngines(
                resilience.transcriber(ports(Capability.TRANSCRIBER, ProviderEngines::transcriber)),
                resilience.translator(ports(Capability.TRANSLATOR, ProviderEngines::translator)),
                resilience.synthesizer(ports(Capability.SYNTHESIZER, ProviderEngines::synthesizer)),
                ports(Capability.DIRECT, ProviderEngines::direct).stream().findFirst());
    }

    private <P extends SpeechPort> List<P> ports(
            Capability capability, Function<ProviderEngines, Optional<P>> port) {
        return settings.order().getOrDefault(capability, List.of()).stream()
                .map(made::get)
                .flatMap(engines -> port.apply(engines).stream())
                .toList();
    }

    @Override
    public void close() {
        made.values().forEach(ProviderEngines::close);
    }
}
