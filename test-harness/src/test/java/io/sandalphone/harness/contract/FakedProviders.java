package io.sandalphone.harness.contract;

import io.sandalphone.harness.contract.ProviderSetup.Words;
import io.sandalphone.harness.fakes.Fake;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.assemblyai.AssemblyAiFake;
import io.sandalphone.harness.fakes.assemblyai.AssemblyHabits;
import io.sandalphone.harness.fakes.assemblyai.AssemblyTimetable;
import io.sandalphone.harness.fakes.assemblyai.ToneRecognizer;
import io.sandalphone.harness.fakes.audio.AudioServer;
import io.sandalphone.harness.fakes.audio.Ear;
import io.sandalphone.harness.fakes.audio.GoogleSpeech;
import io.sandalphone.harness.fakes.audio.OpenAiAudio;
import io.sandalphone.harness.fakes.audio.PiperServer;
import io.sandalphone.harness.fakes.google.FakeDictionary;
import io.sandalphone.harness.fakes.google.GoogleAccount;
import io.sandalphone.harness.fakes.google.GoogleFake;
import io.sandalphone.harness.fakes.google.GoogleTimetable;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.fakes.polly.PollyFake;
import io.sandalphone.harness.fakes.polly.PollyTimetable;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.tone.ToneFaults;
import io.sandalphone.harness.tone.ToneTranslator;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelException;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.models.ModelStore;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every provider there is, with the fakes of the vendors, all on loopback.
final class FakedProviders implements AutoCloseable {
    private static final String SOUNDS = "/usr/share/asterisk/sounds/en_US_f_Allison/";

    /// Packages of which offline engines, or the voices they are tried with, are made.
    private static final Map<String, String> PACKAGES =
            Map.of(
                    "pocketsphinx-en-us", "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin",
                    "apertium-eng-spa", "/usr/share/apertium/modes/eng-spa.mode",
                    "espeak-ng", "/usr/bin/espeak-ng",
                    "asterisk-core-sounds-en-wav", SOUNDS + "one-moment-please.wav");

    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final Path faults;
    private final Optional<FakesTrusted> trust;
    private final AssemblyAiFake assemblyAi;
    private final GoogleFake google;
    private final PollyFake polly;
    private final HttpFake openAi;
    private final HttpFake piper;
    private final HttpFake googleSpeech;
    private @Nullable Candidate current;
    private Candidate.@Nullable Engines engines;

    /// Each fake listens as `options` say, on a port of its own.
    FakedProviders(FakeOptions options) {
        this(RunFolder.create("contract"), options, Optional.empty());
    }

    /// Each fake listens by TLS, as the vendors do, and is trusted while the providers is open.
    static FakedProviders secured() {
        Path folder = RunFolder.create("contract");
        try {
            FakeTls tls = FakeTls.make(folder.resolve("tls"));
            return new FakedProviders(
                    folder, FakeOptions.secured(tls), Optional.of(new FakesTrusted(tls)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private FakedProviders(Path folder, FakeOptions options, Optional<FakesTrusted> trust) {
        this.folder = folder;
        this.trust = trust;
        faults = folder.resolve("faults");
        assemblyAi =
                AssemblyAiFake.start(
                        vertx,
                        options,
                        new ToneRecognizer(),
                        AssemblyTimetable.INSTANT,
                        AssemblyHabits.DOCUMENTED);
        google =
                GoogleFake.start(
                        vertx,
                        options,
                        GoogleTimetable.INSTANT,
                        GoogleAccount.USUAL,
                        FakeDictionary.of(new ToneTranslator()));
        SpeechGenerator humming = SpeechGenerator.humming(Duration.ofMillis(60));
        polly = PollyFake.start(vertx, options, PollyTimetable.INSTANT, humming);
        openAi = http(options, new OpenAiAudio(AudioServer.OPENAI, Ear.tones(), humming, false));
        piper = http(options, new PiperServer(humming, Duration.ZERO));
        googleSpeech =
                http(options, new GoogleSpeech(GoogleAccount.USUAL.apiKey(), Ear.tones(), humming));
    }

    private HttpFake http(FakeOptions options, HttpService service) {
        return HttpFake.start(vertx, options, HttpFake.INSTANT, service);
    }

    /// The engines of `candidate`, kept until another's are asked for.
    Candidate.Engines engines(Candidate candidate) {
        Candidate.Engines there = engines;
        if (there != null && candidate.equals(current)) {
            return there;
        }
        putAway();
        Candidate.Engines made = candidate.make();
        current = candidate;
        engines = made;
        return made;
    }

    private void putAway() {
        Candidate.Engines there = engines;
        engines = null;
        if (there != null) {
            there.close();
        }
    }

    ProviderSetup tone() {
        return new ProviderSetup(
                "tone",
                "tone",
                ProviderSetup.yaml("faults: \"" + faults + '"'),
                Map.of(),
                Optional.empty(),
                Words.TONES_ALONE,
                Optional.of("tone"),
                Optional.empty(),
                () -> injectTone("* translator-hangs\n* synthesizer-hangs\n"),
                () -> injectTone(""));
    }

    /// A direct interpreter of tones that has no faults.
    static ProviderSetup toneUnderstudy() {
        return new ProviderSetup(
                "tone-understudy",
                "tone-understudy",
                ProviderSetup.yaml("{}"),
                Map.of(),
                Optional.empty(),
                Words.TONES_ALONE,
                Optional.of("tone"),
                Optional.empty(),
                () -> {},
                () -> {});
    }

    /// From now on the tone engines of [#tone] fail so: lines of [ToneFaults].
    void injectTone(String text) {
        try {
            Files.writeString(faults, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProviderSetup offline() {
        List<String> missing =
                PACKAGES.entrySet().stream()
                        .filter(each -> !Files.exists(Path.of(each.getValue())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        return new ProviderSetup(
                "offline",
                "offline",
                ProviderSetup.yaml("{recognize-timeout: 60s, answer-timeout: 30s}"),
                Map.of(),
                missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("not installed: " + String.join(", ", missing)),
                Words.SPEECH,
                Optional.of("offline"),
                Optional.empty(),
                () -> signalProcesses("STOP"),
                () -> signalProcesses("CONT"));
    }

    /// Whisper, with the model of the cache folder, which is fetched when it is not there.
    static ProviderSetup whisper() {
        return new ProviderSetup(
                "whisper",
                "whisper",
                ProviderSetup.yaml("{recognize-timeout: 90s, longest-wait: 60s}"),
                Map.of(),
                Files.exists(recording("one-moment-please"))
                        ? fetchWhisper()
                        : Optional.of("not installed: asterisk-core-sounds-en-wav"),
                Words.SPEECH,
                Optional.of("whisper"),
                Optional.empty(),
                () -> signalProcesses("STOP"),
                () -> signalProcesses("CONT"));
    }

    private static Optional<String> fetchWhisper() {
        var manifest = Manifest.bundled();
        var folder = ModelFolder.standard(System.getenv());
        try {
            new ModelStore(manifest, folder, System.getenv())
                    .get(manifest.model("whisper-base"), false, System.err::println);
            return Optional.empty();
        } catch (ModelException failure) {
            return Optional.of("no model: " + failure.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signalProcesses(String name) {
        ProcessHandle.current()
                .descendants()
                .forEach(
                        process -> {
                            try {
                                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                                        .start()
                                        .waitFor();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    ProviderSetup assemblyAi() {
        return faked(
                "assemblyai",
                "assemblyai",
                """
                endpoint: "%s"
                api-key: "%s"
                answer-timeout: 15s
                connect-timeout: 30s
                """
                        .formatted(assemblyAi.streaming(), AssemblyAiFake.KEY),
                "assemblyai",
                assemblyAi);
    }

    ProviderSetup googleBasic() {
        return faked(
                "google-v2",
                "google",
                """
                endpoint: "%s"
                api-key: "%s"
                attempt-timeout: 20s
                timeout: 20s
                """
                        .formatted(google.address(), GoogleAccount.USUAL.apiKey()),
                "google-nmt",
                google);
    }

    ProviderSetup googleAdvanced() {
        try {
            return faked(
                    "google-v3",
                    "google",
                    """
                    api: v3
                    endpoint: "%s"
                    credentials: "%s"
                    attempt-timeout: 20s
                    timeout: 20s
                    """
                            .formatted(
                                    google.address(),
                                    google.writeServiceAccount(folder.resolve("account.json"))),
                    "google-nmt",
                    google);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProviderSetup polly() {
        return faked(
                "polly",
                "polly",
                """
                endpoint: "%s"
                access-key-id: "%s"
                secret-access-key: "%s"
                first-audio-timeout: 20s
                next-audio-timeout: 20s
                """
                        .formatted(
                                polly.address(),
                                polly.account().accessKeyId(),
                                polly.account().secretAccessKey()),
                "polly-standard",
                polly);
    }

    ProviderSetup openAi() {
        return faked(
                "openai",
                "openai",
                """
                base-url: "%s/v1"
                api-key: "%s"
                timeout: 20s
                """
                        .formatted(openAi.address(), AudioServer.OPENAI.key().orElseThrow()),
                "openai",
                openAi);
    }

    ProviderSetup piper() {
        return faked(
                "piper",
                "piper",
                """
                base-url: "%s"
                voices: [en_US-fake-medium, es_MX-fake-low, es_ES-fake-low]
                timeout: 20s
                """
                        .formatted(piper.address()),
                "piper",
                piper);
    }

    ProviderSetup googleHearing() {
        return googleSpeech("google-speech");
    }

    ProviderSetup googleSpeaking() {
        return googleSpeech("google-voice");
    }

    private ProviderSetup googleSpeech(String tariff) {
        return faked(
                tariff,
                "google",
                """
                api-key: "%s"
                hearing: {endpoint: "%s", timeout: 20s}
                speaking: {endpoint: "%s", timeout: 20s}
                """
                        .formatted(
                                GoogleAccount.USUAL.apiKey(),
                                googleSpeech.address(),
                                googleSpeech.address()),
                tariff,
                googleSpeech);
    }

    private static ProviderSetup faked(
            String label, String provider, String settings, String tariff, Fake fake) {
        return new ProviderSetup(
                label,
                provider,
                ProviderSetup.yaml(settings),
                Map.of(),
                Optional.empty(),
                Words.TONES,
                Optional.of(tariff),
                Optional.of(fake),
                () -> fake.inject(Fault.STALL),
                fake::recover);
    }

    /// The sound of one of Asterisk's recordings, 8 kHz mono.
    static Path recording(String name) {
        return Path.of(SOUNDS + name + ".wav");
    }

    @Override
    public void close() {
        putAway();
        assemblyAi.close();
        google.close();
        polly.close();
        openAi.close();
        piper.close();
        googleSpeech.close();
        trust.ifPresent(FakesTrusted::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        RunFolder.delete(folder);
    }
}
