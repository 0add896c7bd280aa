package io.sandalphone.harness.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.Transcriber;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// The recognizers that a configuration names, each by itself: nothing stands behind one that fails.
final class Recognizers implements AutoCloseable {
    /// Nobody waits here: an utterance that would make a call late is decoded all the same.
    private static final String PATIENT = "engines: {whisper: {longest-wait: 60s}}";

    private final List<ProviderEngines> made = new ArrayList<>();
    private final List<Transcriber> transcribers = new ArrayList<>();

    /// Those of `file`, laid over the defaults; of the defaults alone where there is none.
    static Recognizers of(@Nullable Path file, Map<String, String> environment)
            throws ConfigurationException {
        ObjectNode tree =
                ConfigTree.merge(ConfigTree.defaults(), ConfigTree.yaml("bench", PATIENT));
        if (file != null) {
            tree = ConfigTree.merge(tree, ConfigTree.file(file));
        }
        var recognizers = new Recognizers();
        try {
            for (JsonNode name : tree.path("speech").path("transcriber")) {
                recognizers.start(tree, name.asText(), environment);
            }
        } catch (ConfigurationException | RuntimeException e) {
            recognizers.close();
            throw e;
        }
        return recognizers;
    }

    private void start(ObjectNode tree, String name, Map<String, String> environment)
            throws ConfigurationException {
        SpeechProvider provider =
                ServiceLoader.load(SpeechProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "speech.transcriber: there is no provider "
                                                        + name));
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.putObject("engines").set(name, tree.path("engines").path(name));
        Section root = Section.root(alone, environment);
        Section own = root.section("engines").section(name);
        Path models = models(tree, environment);
        ProviderEngines engines =
                root.finish(provider.read(own, own.make(() -> models)))
                        .make(new SimpleMeterRegistry());
        made.add(engines);
        engines.transcriber().ifPresent(transcribers::add);
    }

    private static Path models(ObjectNode tree, Map<String, String> environment) {
        String folder = tree.path("models").path("folder").asText();
        return folder.equals("cache") ? ModelFolder.standard(environment).path() : Path.of(folder);
    }

    List<Transcriber> all() {
        return List.copyOf(transcribers);
    }

    @Override
    public void close() {
        made.forEach(ProviderEngines::close);
    }
}
