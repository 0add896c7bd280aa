package io.sandalphone.harness.latency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.providers.offline.OfflineProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Translates as a call without an account does (Apertium), each text once. Thread-safe.
final class OfflineTranslator implements Translator, AutoCloseable {
    private record Text(Language from, String text) {}

    private final ProviderEngines engines;
    private final Translator translator;
    private final Map<Text, String> known = new ConcurrentHashMap<>();

    OfflineTranslator(Map<String, String> environment) throws ConfigurationException {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.putObject("engines")
                .set("offline", ConfigTree.defaults().path("engines").path("offline"));
        Section root = Section.root(alone, environment);
        Section own = root.section("engines").section("offline");
        engines =
                root.finish(new OfflineProvider().read(own, own.make(() -> Path.of(""))))
                        .make(new SimpleMeterRegistry());
        translator = engines.translator().orElseThrow();
    }

    @Override
    public String name() {
        return translator.name();
    }

    @Override
    public boolean translates(Language from, Language to) {
        return translator.translates(from, to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        var asked = new Text(request.from(), request.text());
        String before = known.get(asked);
        if (before != null) {
            return before;
        }
        String translation = translator.translate(request);
        known.put(asked, translation);
        return translation;
    }

    @Override
    public void close() {
        engines.close();
    }
}
