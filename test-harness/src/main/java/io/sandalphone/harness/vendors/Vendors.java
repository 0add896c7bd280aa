package io.sandalphone.harness.vendors;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Finding;
import io.sandalphone.harness.fakes.Fake;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.fakes.assemblyai.AssemblyAiFake;
import io.sandalphone.harness.fakes.assemblyai.AssemblyHabits;
import io.sandalphone.harness.fakes.assemblyai.AssemblyTimetable;
import io.sandalphone.harness.fakes.assemblyai.KnownRecognizer;
import io.sandalphone.harness.fakes.assemblyai.KnownRecording;
import io.sandalphone.harness.fakes.assemblyai.Recognizer;
import io.sandalphone.harness.fakes.assemblyai.SphinxRecognizer;
import io.sandalphone.harness.fakes.assemblyai.ToneRecognizer;
import io.sandalphone.harness.fakes.google.FakeDictionary;
import io.sandalphone.harness.fakes.google.GoogleAccount;
import io.sandalphone.harness.fakes.google.GoogleFake;
import io.sandalphone.harness.fakes.google.GoogleTimetable;
import io.sandalphone.harness.fakes.polly.PollyFake;
import io.sandalphone.harness.fakes.polly.PollyTimetable;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneTranslator;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.providers.offline.ApertiumTranslator;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.SphinxTranscriber;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.Translator;
import io.vertx.core.Vertx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The three fakes side by side. Thread-safe.
public final class Vendors implements AutoCloseable {
    private final AssemblyAiFake assemblyAi;
    private final GoogleFake google;
    private final PollyFake polly;
    private final Optional<FakeTls> tls;
    private final Optional<Path> serviceAccount;
    private final Map<Vendor, Fake> fakes = new EnumMap<>(Vendor.class);

    /// Starts them. Not to be called on an event loop.
    public static Vendors start(Vertx vertx, VendorOptions options)
            throws IOException, InterruptedException {
        return new Vendors(vertx, options);
    }

    private Vendors(Vertx vertx, VendorOptions options) throws IOException, InterruptedException {
        tls =
                options.tls().isPresent()
                        ? Optional.of(FakeTls.make(options.tls().get()))
                        : Optional.empty();
        boolean instant = options.times() == VendorOptions.Times.INSTANT;
        boolean tones = options.language() != VendorOptions.Language.SPEECH;
        var meters = OfflineMeters.register(new SimpleMeterRegistry());
        OfflineSettings offline = OfflineSettings.defaults();
        Translator translator =
                tones ? new ToneTranslator() : new ApertiumTranslator(offline, meters);
        Recognizer recognizer =
                options.language() == VendorOptions.Language.TONES_AND_HUM
                        ? ToneRecognizer.withHum(ToneWord.V8)
                        : new ToneRecognizer();
        if (!tones) {
            List<SpeechPort> needed = new ArrayList<>();
            if (options.recordings().isPresent()) {
                recognizer = new KnownRecognizer(KnownRecording.in(options.recordings().get()));
            } else {
                var sphinx = new SphinxTranscriber(offline, meters);
                recognizer = new SphinxRecognizer(sphinx);
                needed.add(sphinx);
            }
            needed.add(translator);
            needed.add(SpeechGenerator.espeak());
            requireInstalled(needed);
        }
        assemblyAi =
                AssemblyAiFake.start(
                        vertx,
                        listening(options, Vendor.ASSEMBLYAI),
                        recognizer,
                        instant ? AssemblyTimetable.INSTANT : AssemblyTimetable.PUBLISHED,
                        AssemblyHabits.DOCUMENTED);
        fakes.put(Vendor.ASSEMBLYAI, assemblyAi);
        google =
                GoogleFake.start(
                        vertx,
                        listening(options, Vendor.GOOGLE),
                        instant ? GoogleTimetable.INSTANT : GoogleTimetable.PUBLISHED,
                        GoogleAccount.USUAL,
                        FakeDictionary.of(translator));
        fakes.put(Vendor.GOOGLE, google);
        serviceAccount = options.serviceAccount().map(Path::toAbsolutePath);
        if (serviceAccount.isPresent()) {
            google.writeServiceAccount(serviceAccount.get());
        }
        polly =
                PollyFake.start(
                        vertx,
                        listening(options, Vendor.POLLY),
                        instant ? PollyTimetable.INSTANT : PollyTimetable.PUBLISHED,
                        tones
                                ? SpeechGenerator.singing(ToneSpeech.USUAL)
                                : SpeechGenerator.speaking());
        fakes.put(Vendor.POLLY, polly);
    }

    private static void requireInstalled(List<SpeechPort> engines)
            throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (SpeechPort engine : engines) {
            for (Finding finding : engine.check()) {
                if (finding.kind() == Finding.Kind.FAULT) {
                    missing.add(finding.message());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(String.join("\n", missing));
        }
    }

    private FakeOptions listening(VendorOptions options, Vendor vendor) {
        int port = options.firstPort() == 0 ? 0 : vendor.port(options.firstPort());
        return tls.map(FakeOptions::secured)
                .orElse(FakeOptions.PLAIN)
                .onPort(port)
                .traced(options.trace());
    }

    /// The fake of `vendor`.
    public Fake fake(Vendor vendor) {
        return Objects.requireNonNull(fakes.get(vendor));
    }

    /// For each engine what a controller has to be told to speak with these fakes.
    public Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        settings.put(
                Vendor.ASSEMBLYAI.engine(),
                ordered(
                        "endpoint",
                        assemblyAi.streaming().toString(),
                        "api-key",
                        AssemblyAiFake.KEY));
        settings.put(
                Vendor.GOOGLE.engine(),
                serviceAccount
                        .map(
                                file ->
                                        ordered(
                                                "endpoint",
                                                google.address().toString(),
                                                "api",
                                                "v3",
                                                "credentials",
                                                file.toString()))
                        .orElseGet(
                                () ->
                                        ordered(
                                                "endpoint",
                                                google.address().toString(),
                                                "api-key",
                                                GoogleAccount.USUAL.apiKey())));
        settings.put(
                Vendor.POLLY.engine(),
                ordered(
                        "endpoint",
                        polly.address().toString(),
                        "access-key-id",
                        polly.account().accessKeyId(),
                        "secret-access-key",
                        polly.account().secretAccessKey()));
        return settings;
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /// The options with which a virtual machine trusts the fakes; none without TLS.
    public List<String> trustingOptions() {
        return tls.map(FakeTls::trustingOptions).orElse(List.of());
    }

    /// By vendor, what came to pass so far: the records that the fakes keep.
    public Map<String, Object> journal() {
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put(Vendor.ASSEMBLYAI.engine(), assemblyAi.journal());
        journal.put(Vendor.GOOGLE.engine(), google.journal());
        journal.put(Vendor.POLLY.engine(), polly.journal());
        return journal;
    }

    @Override
    public void close() {
        for (Fake fake : fakes.values()) {
            fake.close();
        }
    }
}
