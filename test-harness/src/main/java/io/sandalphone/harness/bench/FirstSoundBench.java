package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.providers.offline.OfflineProvider;
import io.sandalphone.providers.whisper.WhisperProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.Transcriber;
import io.vertx.core.Vertx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How soon the first translated sound of a short phrase is there after its last word, with the embedded engines of each
/// profile, and which stage takes how long: people who say recordings, in real time, to a lane as a controller has it.
/// `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench first-sound`, which checks the command line.
public final class FirstSoundBench {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    private final int phrases;

    private FirstSoundBench(int phrases) {
        this.phrases = phrases;
    }

    /// `args`: how many phrases in each language, and the file for the results as JSON.
    public static void main(String[] args) throws Exception {
        Path json = Path.of(args[1]).toAbsolutePath();
        try {
            FirstSoundResult result = new FirstSoundBench(Integer.parseInt(args[0])).run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, ResultJson.of(result));
            System.out.print(result.table());
        } catch (IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private FirstSoundResult run() throws Exception {
        var meters = new SimpleMeterRegistry();
        Vertx vertx = Vertx.vertx();
        List<FirstSoundResult.Row> rows = new ArrayList<>();
        try (ProviderEngines lite = engines(new OfflineProvider(), "voices: [espeak-ng]", meters);
                ProviderEngines usual = engines(new OfflineProvider(), "", meters);
                ProviderEngines whisper = engines(new WhisperProvider(), "", meters)) {
            rows.add(row(vertx, "lite", lite.transcriber().orElseThrow(), lite, ENGLISH, SPANISH));
            Transcriber standard = whisper.transcriber().orElseThrow();
            rows.add(row(vertx, "standard", standard, usual, ENGLISH, SPANISH));
            rows.add(row(vertx, "standard", standard, usual, SPANISH, ENGLISH));
        }
        return new FirstSoundResult(rows);
    }

    private FirstSoundResult.Row row(
            Vertx vertx,
            String profile,
            Transcriber transcriber,
            ProviderEngines rest,
            Language from,
            Language to)
            throws Exception {
        var engines =
                new SpeechEngines(
                        transcriber,
                        rest.translator().orElseThrow(),
                        rest.synthesizer().orElseThrow(),
                        Optional.empty());
        List<FirstSound> said =
                new FirstSoundTrial(vertx, engines, from, to)
                        .say(SaidPhrase.installed(from, phrases));
        for (FirstSound each : said) {
            System.err.printf(Locale.ROOT, "%s %s %s%n", profile, from, each);
        }
        return FirstSoundResult.Row.of(profile, from, said);
    }

    private static ProviderEngines engines(
            SpeechProvider provider, String changed, SimpleMeterRegistry meters) throws Exception {
        ObjectNode own = (ObjectNode) ConfigTree.defaults().path("engines").path(provider.name());
        if (!changed.isEmpty()) {
            own = ConfigTree.merge(own, ConfigTree.yaml("bench", changed));
        }
        Section section = Section.root(own);
        return provider.read(
                        section, section.make(() -> ModelFolder.standard(System.getenv()).path()))
                .get()
                .make(meters);
    }
}
