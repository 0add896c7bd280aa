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
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectionMeters;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Translates as a call without an account does (Apertium, with numbers, names and dates protected), each text once.
final class OfflineTranslator implements AutoCloseable {
    private record Text(Language from, String text) {}

    private final ProviderEngines engines;
    private final Translator translator;
    private final Map<Text, String> known = new HashMap<>();

    OfflineTranslator(Map<String, String> environment) throws ConfigurationException {
        var meters = new SimpleMeterRegistry();
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.putObject("engines")
                .set("offline", ConfigTree.defaults().path("engines").path("offline"));
        Section root = Section.root(alone, environment);
        Section own = root.section("engines").section("offline");
        engines =
                root.finish(new OfflineProvider().read(own, own.make(() -> Path.of(""))))
                        .make(meters);
        translator =
                new ProtectedTranslator(
                        engines.translator().orElseThrow(),
                        Glossary.EMPTY,
                        ProtectionMeters.register(meters));
    }

    /// Empty where what the translator makes of it may not be spoken.
    String translate(String text, Language from, Language to)
            throws SpeechException, InterruptedException {
        var asked = new Text(from, text);
        String before = known.get(asked);
        if (before != null) {
            return before;
        }
        String translation;
        try {
            translation =
                    translator.translate(
                            new TranslationRequest(text, from, to, List.of(), Usage.UNMETERED));
        } catch (SpeechException refused) {
            if (refused.kind() != SpeechException.Kind.REQUEST) {
                throw refused;
            }
            translation = "";
        }
        known.put(asked, translation);
        return translation;
    }

    @Override
    public void close() {
        engines.close();
    }
}
