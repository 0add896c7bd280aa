package io.sandalphone.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;

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
    private final Glossary glossary;
    private final ProtectionMeters protectionMeters;
    private final Map<String, ProviderEngines> made = new LinkedHashMap<>();

    /// `glossary` and what must arrive whole are seen to around each translator.
    Engines(SpeechSettings settings, Glossary glossary, MeterRegistry meters) {
        this.settings = settings;
        resilience = new Resilience(settings.resilience(), meters);
        this.glossary = glossary;
        protectionMeters = ProtectionMeters.register(meters);
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

    /// What to interpret with: of each list, the first that works, and the three behind the direct ones.
    SpeechEngines chosen() {
        Transcriber transcriber =
                resilience.transcriber(ports(Capability.TRANSCRIBER, ProviderEngines::transcriber));
        List<DirectInterpreter> direct = ports(Capability.DIRECT, ProviderEngines::direct);
        return new SpeechEngines(
                transcriber,
                resilience.translator(translators()),
                resilience.synthesizer(ports(Capability.SYNTHESIZER, ProviderEngines::synthesizer)),
                direct.isEmpty()
                        ? Optional.empty()
                        : Optional.of(resilience.interpreter(direct, transcriber)));
    }

    /// What stands around what is asked of vendors.
    Resilience resilience() {
        return resilience;
    }

    /// Every port that is asked for, by what it is used for and by its name: `translator google`.
    Map<String, SpeechPort> byUse() {
        Map<String, SpeechPort> byUse = new LinkedHashMap<>();
        add(byUse, Capability.TRANSCRIBER, ProviderEngines::transcriber);
        add(byUse, Capability.TRANSLATOR, ProviderEngines::translator);
        add(byUse, Capability.SYNTHESIZER, ProviderEngines::synthesizer);
        add(byUse, Capability.DIRECT, ProviderEngines::direct);
        return byUse;
    }

    private <P extends SpeechPort> void add(
            Map<String, SpeechPort> byUse,
            Capability capability,
            Function<ProviderEngines, Optional<P>> port) {
        String use = SpeechSettings.key(capability);
        ports(capability, port).forEach(engine -> byUse.put(use + " " + engine.name(), engine));
    }

    /// The preferred translator, as a call uses it.
    ProtectedTranslator preferredTranslator() {
        return guarded().getFirst();
    }

    private List<Translator> translators() {
        return List.copyOf(guarded());
    }

    private List<ProtectedTranslator> guarded() {
        return ports(Capability.TRANSLATOR, ProviderEngines::translator).stream()
                .map(translator -> new ProtectedTranslator(translator, glossary, protectionMeters))
                .toList();
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
