package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.Trace;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.providers.assemblyai.AssemblyAiMeters;
import io.sandalphone.providers.assemblyai.AssemblyAiSettings;
import io.sandalphone.providers.assemblyai.AssemblyAiTranscriber;
import io.sandalphone.providers.google.GoogleProvider;
import io.sandalphone.providers.polly.PollyProvider;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The measured side of the benchmark of providers: their clients, used by many calls at once as the
/// controller uses them, and nothing else. [ProvidersBench] starts it, in a virtual machine set up as
/// production's, and is the fakes it speaks with.
public final class ProvidersClient {
    /// From the beginning of a phase until it is measured, and again until the next.
    private static final Duration PAUSE = Duration.ofMillis(800);

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MOST_WARM_UPS = 5;

    /// The share of a core that the compiler takes when it rests.
    private static final double COMPILING = 0.005;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Duration measured;
    private final Trace trace = Trace.keeping();
    private final Map<String, Long> failures = new ConcurrentHashMap<>();
    private final AssemblyAiMeters assemblyAiMeters;
    private final AssemblyAiTranscriber transcriber;
    private final ProviderEngines google;
    private final ProviderEngines polly;
    private final List<TalkingCall> calls = new ArrayList<>();
    private final List<Transcription> transcriptions = new ArrayList<>();
    private int opened;

    private ProvidersClient(Path folder, int calls, Duration measured) throws Exception {
        this.folder = folder;
        this.measured = measured;
        MeterRegistry meters = new Metrics().registry();
        assemblyAiMeters = AssemblyAiMeters.register(meters);
        // A busy machine is late, and nobody tries again.
        ObjectNode patient = settings("assemblyai").put("connect-timeout", SOON.toSeconds() + "s");
        var own = AssemblyAiSettings.read(Section.root(patient)).get();
        transcriber = new AssemblyAiTranscriber(own, assemblyAiMeters);
        google = make(new GoogleProvider(), meters);
        polly = make(new PollyProvider(), meters);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        int framesPerChunk = Math.toIntExact(own.chunk().toMillis() / 20);
        List<Context> loops = loops(vertx);
        for (int i = 0; i < calls; i++) {
            var call =
                    new TalkingCall(
                            loops.get(i % loops.size()),
                            i,
                            calls,
                            framesPerChunk,
                            trace,
                            this::failed);
            call.start(vertx);
            this.calls.add(call);
        }
    }

    /// `args`: the folder with the settings of the engines, where the reports go; how many calls; and
    /// how many seconds each phase is measured.
    public static void main(String[] args) throws Exception {
        try {
            var client =
                    new ProvidersClient(
                            Path.of(args[0]),
                            Integer.parseInt(args[1]),
                            Duration.ofSeconds(Integer.parseInt(args[2])));
            client.run();
            System.exit(0);
        } catch (IllegalStateException e) {
            // Event loops and the client of Polly would keep the process alive.
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// Event loops as the controller has them: one for each processor.
    private static List<Context> loops(Vertx vertx) throws Exception {
        List<Context> loops = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            var loop = new CompletableFuture<Context>();
            vertx.deployVerticle(
                            context -> {
                                loop.complete(context);
                                return Future.succeededFuture();
                            },
                            new DeploymentOptions())
                    .onFailure(loop::completeExceptionally);
            loops.add(loop.get());
        }
        return loops;
    }

    private ObjectNode settings(String engine) throws IOException {
        var own = (ObjectNode) ConfigTree.defaults().path("engines").path(engine);
        var settings = JSON.readTree(folder.resolve("settings.json").toFile()).path(engine);
        return ConfigTree.merge(own, (ObjectNode) settings);
    }

    private ProviderEngines make(SpeechProvider provider, MeterRegistry meters) throws IOException {
        return provider.read(Section.root(settings(provider.name()))).get().make(meters);
    }

    private void run() throws Exception {
        begin(Phase.TOGETHER);
        warmUp();
        end();
        Thread.sleep(PAUSE);
        for (Phase phase : Phase.values()) {
            System.err.printf("measuring %s for %d s%n", phase, measured.toSeconds());
            begin(phase);
            Thread.sleep(PAUSE);
            failures.clear();
            double lost = assemblyAiMeters.failures().count();
            Reading before = Reading.take();
            Thread.sleep(measured);
            Reading after = Reading.take();
            Thread.sleep(PAUSE);
            end();
            if (assemblyAiMeters.failures().count() > lost) {
                failed("assemblyai: sessions were lost");
            }
            JSON.writeValue(
                    folder.resolve(phase + ".json").toFile(),
                    new PhaseReport(
                            phase,
                            before.nanos(),
                            after.nanos(),
                            after.own() - before.own(),
                            after.threads().since(before.threads()),
                            after.others() - before.others(),
                            failures,
                            trace.take()));
        }
        transcriber.close();
        google.close();
        polly.close();
    }

    /// Until the compiler rests, as in a controller that has run for a while. What is used only a few
    /// times a second takes minutes to be compiled.
    private void warmUp() throws InterruptedException {
        var compiler = ManagementFactory.getCompilationMXBean();
        for (int round = 1; round <= MOST_WARM_UPS; round++) {
            System.err.printf("warming up for %d s%n", measured.toSeconds());
            long before = compiler.getTotalCompilationTime();
            Thread.sleep(measured);
            if (compiler.getTotalCompilationTime() - before < COMPILING * measured.toMillis()) {
                return;
            }
        }
    }

    /// The calls use what `phase` has.
    private void begin(Phase phase) throws InterruptedException {
        trace.take();
        for (TalkingCall call : calls) {
            String session = "Call " + phase + " " + opened;
            Optional<Transcription> transcription = Optional.empty();
            if (phase.uses(Phase.ASSEMBLYAI)) {
                transcription = Optional.of(open(session));
                transcriptions.add(transcription.get());
                opened++;
            }
            call.use(
                    new TalkingCall.Use(
                            session,
                            transcription,
                            google.translator().filter(_ -> phase.uses(Phase.GOOGLE)),
                            polly.synthesizer().filter(_ -> phase.uses(Phase.POLLY))));
        }
    }

    private void failed(String message) {
        failures.merge(message, 1L, Long::sum);
    }

    /// The calls use nothing.
    private void end() {
        calls.forEach(call -> call.use(TalkingCall.Use.NOTHING));
        transcriptions.forEach(Transcription::close);
        transcriptions.clear();
    }

    private Transcription open(String session) throws InterruptedException {
        var listener = new Listener(session);
        Transcription transcription =
                transcriber.open(
                        new TranscriptionRequest(
                                ToneWord.ENGLISH,
                                ToneWord.SPANISH,
                                List.of(session),
                                Usage.UNMETERED),
                        listener);
        if (!listener.ready.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("no session within " + SOON + " " + failures);
        }
        return transcription;
    }

    /// Notes what one speaker's recognition says.
    private final class Listener implements TranscriptListener {
        private final String session;
        private final CountDownLatch ready = new CountDownLatch(1);
        private long transcripts;

        Listener(String session) {
            this.session = session;
        }

        @Override
        public void onReady() {
            ready.countDown();
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            trace.note("transcript", session, transcripts++);
        }

        @Override
        public void onFailure(SpeechException failure) {
            failed("assemblyai: " + failure.getMessage());
        }
    }

    /// Processor time taken so far, in seconds, at one moment.
    private record Reading(long nanos, double own, ThreadUsage threads, double others) {
        static Reading take() throws IOException {
            long pid = ProcessHandle.current().pid();
            double own = ProcessUsage.of(pid).seconds();
            double fakes =
                    ProcessUsage.of(ProcessHandle.current().parent().orElseThrow().pid()).seconds();
            return new Reading(
                    System.nanoTime(),
                    own,
                    ThreadUsage.of(pid),
                    ProcessUsage.ofMachine().seconds() - own - fakes);
        }
    }
}
