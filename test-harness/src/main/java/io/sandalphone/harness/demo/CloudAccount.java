package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.providers.assemblyai.AssemblyAiProvider;
import io.sandalphone.providers.google.GoogleProvider;
import io.sandalphone.providers.polly.PollyProvider;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.Synthesizer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The user's accounts at the three vendors, as the environment has their keys. The keys stay in the
/// environment: the controller finds them there itself.
final class CloudAccount implements AutoCloseable {
    /// Where the controller speaks with them by default.
    static final List<String> SERVERS =
            List.of(
                    "streaming.assemblyai.com",
                    "translation.googleapis.com",
                    "oauth2.googleapis.com",
                    "polly.us-east-1.amazonaws.com");

    private static final String TRANSLATE_KEY = "GOOGLE_TRANSLATE_API_KEY";
    private static final String TRANSLATE_FILE = "GOOGLE_APPLICATION_CREDENTIALS";

    private final Map<String, String> environment;
    private final List<ProviderEngines> made = new ArrayList<>();

    CloudAccount(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// The variables that are not set and must be.
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        Stream.of("ASSEMBLYAI_API_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
                .filter(name -> !isSet(name))
                .forEach(missing::add);
        if (!isSet(TRANSLATE_KEY) && !isSet(TRANSLATE_FILE)) {
            missing.add(TRANSLATE_KEY + " or " + TRANSLATE_FILE);
        }
        return missing;
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    /// What a controller has to be told beside the keys.
    ControllerSettings settings() {
        return ControllerSettings.cloud(
                isSet(TRANSLATE_KEY) ? Map.of() : Map.of("google", Map.of("api", "v3")));
    }

    /// Asks each vendor whether the keys are good. Uses nothing that is billed. Throws naming what
    /// would not work, and what it depends on.
    void check() throws IOException, InterruptedException {
        List<String> faults = new ArrayList<>();
        for (SpeechProvider provider :
                List.of(new AssemblyAiProvider(), new GoogleProvider(), new PollyProvider())) {
            for (SpeechPort port : ports(make(provider))) {
                for (Finding finding : port.check()) {
                    if (finding.kind() == Finding.Kind.FAULT) {
                        faults.add(sentence(port, finding));
                    }
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new IOException(String.join("\n", faults));
        }
    }

    private static String sentence(SpeechPort port, Finding finding) {
        String setting = finding.setting().isEmpty() ? "" : " [" + finding.setting() + "]";
        return port.name() + ": " + finding.message() + setting;
    }

    private static List<SpeechPort> ports(ProviderEngines engines) {
        return Stream.<Optional<? extends SpeechPort>>of(
                        engines.transcriber(), engines.translator(), engines.synthesizer())
                .<SpeechPort>flatMap(Optional::stream)
                .toList();
    }

    /// The voice that the controller speaks with.
    Synthesizer voice() throws IOException {
        return make(new PollyProvider()).synthesizer().orElseThrow();
    }

    private ProviderEngines make(SpeechProvider provider) throws IOException {
        try {
            ObjectNode engines =
                    ConfigTree.merge(ConfigTree.defaults(), ConfigTree.yaml("demo", overlay()))
                            .withObject("/engines/" + provider.name());
            Section own = Section.root(engines, environment);
            ProviderEngines one = own.finish(provider.read(own)).make(new SimpleMeterRegistry());
            made.add(one);
            return one;
        } catch (ConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private String overlay() {
        return isSet(TRANSLATE_KEY) ? "{}" : "engines: {google: {api: v3}}";
    }

    @Override
    public void close() {
        made.forEach(ProviderEngines::close);
    }
}
