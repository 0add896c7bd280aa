package io.sandalphone.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechEnginesFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The engines that settings ask for. Each named one is made once, and of it the ports that are
/// wanted are used. Closing ends them all.
final class Engines implements AutoCloseable {
    private final Map<String, SpeechEngines> made = new LinkedHashMap<>();
    private final MeterRegistry meters;
    private final SpeechEngines chosen;

    /// Makes them.
    ///
    /// @throws IllegalArgumentException when there is none of a name, or it refuses its settings
    Engines(SpeechSettings settings, MeterRegistry meters) {
        this.meters = meters;
        try {
            chosen =
                    new SpeechEngines(
                            engines(settings.transcriber(), settings).transcriber(),
                            engines(settings.translator(), settings).translator(),
                            engines(settings.synthesizer(), settings).synthesizer());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The names there are.
    static List<String> names() {
        return List.copyOf(factories().keySet());
    }

    SpeechEngines chosen() {
        return chosen;
    }

    @Override
    public void close() {
        made.values().forEach(SpeechEngines::close);
    }

    private SpeechEngines engines(String name, SpeechSettings settings) {
        SpeechEngines before = made.get(name);
        if (before != null) {
            return before;
        }
        SpeechEnginesFactory factory = factories().get(name);
        if (factory == null) {
            throw new IllegalArgumentException("no engine " + name + "; there are " + names());
        }
        SpeechEngines engines =
                factory.create(settings.engines().getOrDefault(name, Map.of()), meters);
        made.put(name, engines);
        return engines;
    }

    private static Map<String, SpeechEnginesFactory> factories() {
        Map<String, SpeechEnginesFactory> byName = new TreeMap<>();
        ServiceLoader.load(SpeechEnginesFactory.class)
                .forEach(factory -> byName.put(factory.name(), factory));
        return byName;
    }
}
