package io.sandalphone.harness.contract;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.VoiceChoice;
import io.vertx.core.Vertx;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A fake of a service asked over HTTP, and the engines of a provider that asks it.
final class HttpEngineLab implements AutoCloseable {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long PATIENCE_SECONDS = 60;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final RecordedUsage usage = new RecordedUsage();
    final HttpFake fake;
    private final Vertx vertx = Vertx.vertx();

    HttpEngineLab(HttpService service) {
        fake = HttpFake.start(vertx, FakeOptions.PLAIN, HttpFake.INSTANT, service);
    }

    /// The engines of `provider`, with settings in which `%s` stands for the fake's address.
    ProviderEngines engines(String provider, String settings) {
        return ProviderSetup.of(
                        provider,
                        settings.replace("%s", fake.address().toString()),
                        ProviderSetup.Words.TONES,
                        provider)
                .make(meters);
    }

    /// What a transcriber makes of one utterance in `language`: the event, or the failure.
    Object hear(ProviderEngines engines, String language, short[] pcm, String... keyTerms)
            throws InterruptedException {
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        var listener =
                new TranscriptListener() {
                    @Override
                    public void onReady() {}

                    @Override
                    public void onTranscript(TranscriptEvent event) {
                        told.add(event);
                    }

                    @Override
                    public void onFailure(SpeechException failure) {
                        told.add(failure);
                    }
                };
        var request =
                new TranscriptionRequest(
                        new Language(language), new Language("es"), List.of(keyTerms), usage);
        try (var transcription = engines.transcriber().orElseThrow().open(request, listener)) {
            transcription.utteranceStarted(0);
            int at = 0;
            for (; at + FRAME <= pcm.length; at += FRAME) {
                transcription.hear(
                        new AudioFrame(
                                Arrays.copyOfRange(pcm, at, at + FRAME),
                                AudioFrame.TELEPHONE_RATE,
                                at));
            }
            transcription.utteranceEnded(at);
            Object first = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (first == null) {
                throw new AssertionError("nothing was told");
            }
            return first;
        }
    }

    /// The sound of `text`.
    Sound speak(ProviderEngines engines, String language, String text) throws Exception {
        return speak(engines, language, text, VoiceChoice.USUAL);
    }

    /// The same with one of these voices.
    Sound speak(ProviderEngines engines, String language, String text, VoiceChoice voices)
            throws Exception {
        var sound = new Sound();
        engines.synthesizer()
                .orElseThrow()
                .synthesize(
                        new SynthesisRequest(text, new Language(language), voices, usage, false),
                        sound);
        return sound;
    }

    /// What is wrong with one of these voices, as a sentence; empty where nothing is.
    static String mistake(ProviderEngines engines, String language, String voice) {
        return engines.synthesizer()
                .orElseThrow()
                .insteadOf(voice, new Language(language))
                .orElse("");
    }

    @Override
    public void close() {
        fake.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
