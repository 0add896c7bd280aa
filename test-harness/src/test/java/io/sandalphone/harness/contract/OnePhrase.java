package io.sandalphone.harness.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.harness.providers.Talker;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that hears, translates and speaks one phrase by the three vendors' clients, as the
/// configuration in its one argument says, and translates it by Google's other edition as well.
final class OnePhrase {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    private OnePhrase() {}

    public static void main(String[] args) throws Exception {
        ObjectNode engines = (ObjectNode) ConfigTree.file(Path.of(args[0])).path("engines");
        String heard = hear(setup("assemblyai", engines, ""));
        String translated = translate(setup("google", engines, "{api: v3}"), heard);
        if (!translated.equals(translate(setup("google", engines, "{api: v2}"), heard))) {
            throw new IllegalStateException("the editions differ");
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .printf(
                        "heard %s, translated %s, spoke %d samples%n",
                        heard, translated, speak(setup("polly", engines, ""), translated));
        System.exit(0);
    }

    private static ProviderSetup setup(String provider, ObjectNode engines, String more) {
        ObjectNode own = (ObjectNode) engines.path(provider);
        return new ProviderSetup(
                provider,
                provider,
                more.isEmpty() ? own : ConfigTree.merge(own, ProviderSetup.yaml(more)),
                Map.of(),
                Optional.empty(),
                ProviderSetup.Words.TONES,
                Optional.empty(),
                Optional.empty(),
                () -> {},
                () -> {});
    }

    private static String hear(ProviderSetup setup) throws Exception {
        var words = new CompletableFuture<String>();
        var listener =
                new TranscriptListener() {
                    @Override
                    public void onReady() {}

                    @Override
                    public void onTranscript(TranscriptEvent event) {
                        if (event instanceof TranscriptEvent.Final last) {
                            words.complete(last.text());
                        }
                    }

                    @Override
                    public void onFailure(SpeechException failure) {
                        words.completeExceptionally(failure);
                    }
                };
        var request = new TranscriptionRequest(ENGLISH, SPANISH, List.of(), Usage.UNMETERED);
        try (var engines = setup.make(new SimpleMeterRegistry());
                var transcription = engines.transcriber().orElseThrow().open(request, listener);
                var talker = new Talker(transcription, 0)) {
            talker.say(ToneWord.W1);
            return words.get(60, TimeUnit.SECONDS)
                    .replaceAll("[^A-Za-z]", "")
                    .toLowerCase(Locale.ROOT);
        }
    }

    private static String translate(ProviderSetup setup, String text) throws Exception {
        try (var engines = setup.make(new SimpleMeterRegistry())) {
            return engines.translator()
                    .orElseThrow()
                    .translate(
                            new TranslationRequest(
                                    text, ENGLISH, SPANISH, List.of(), Usage.UNMETERED));
        }
    }

    private static int speak(ProviderSetup setup, String text) throws Exception {
        var sound = new Sound();
        try (var engines = setup.make(new SimpleMeterRegistry())) {
            engines.synthesizer()
                    .orElseThrow()
                    .synthesize(new SynthesisRequest(text, SPANISH, Usage.UNMETERED), sound);
        }
        return sound.pcm().length;
    }
}
