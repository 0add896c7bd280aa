package io.sandalphone.app;

import io.sandalphone.call.CallMeters;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.call.CallTerms;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.media.rtp.RtpMeters;
import io.sandalphone.media.rtp.RtpSocket;
import io.sandalphone.media.vad.LevelGate;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.ops.HealthCheck;
import io.sandalphone.ops.OperatorServer;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.MediaLoop;
import io.sandalphone.telephony.asterisk.OverlayMeters;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The gateway, constructed by hand, in the order in which things depend on each other, and stopped
/// in the reverse order.
final class Application implements Service {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private static final Duration STEP = Duration.ofSeconds(20);

    // Below this no sample of a frame is anybody's voice: about -54 dBov.
    private static final int VOICE_THRESHOLD = 64;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Duration drain;
    private final CallRegistry calls;

    /// Starts everything; returns when calls can come. What cannot be built stops the start, and
    /// then nothing is left running. Asterisk need not be there yet.
    static Application start(Settings settings) throws Exception {
        return new Application(settings);
    }

    private Application(Settings settings) throws Exception {
        drain = settings.drain();
        // First, and while nothing else runs: without it no call could be interpreted.
        WebRtcVoiceDetector.load(settings.nativeFolder());
        try {
            var metrics = keep(new Metrics());
            // Closed after the engines, which may tell of what they used until then.
            Accounting accounting =
                    keep(
                            Accounting.open(
                                    settings.costs(),
                                    InstantSource.system(),
                                    CostMeters.register(metrics.registry())));
            var made =
                    keep(new Engines(settings.speech(), settings.glossary(), metrics.registry()));
            SpeechEngines engines = made.chosen();
            Vertx vertx = Vertx.vertx(vertxOptions());
            running.push(() -> await(vertx.close()));
            var health =
                    new InterpretationHealth(
                            FaultMeters.register(metrics.registry()), NanoClock.system());
            var dependencies =
                    new InterpreterDependencies(
                            engines,
                            settings.interpretation(),
                            UtteranceSettings.TELEPHONE,
                            () -> voiceDetector(settings.ignoreSounds()),
                            settings.glossary(),
                            health,
                            LaneMeters.register(metrics.registry()),
                            UtteranceMeters.register(metrics.registry()),
                            TranscriptFilterMeters.register(metrics.registry()));
            calls =
                    new CallRegistry(
                            settings.routes(),
                            settings.limits(),
                            settings.asterisk().trunk().callerId(),
                            dependencies,
                            accounting,
                            CallMeters.register(metrics.registry()));
            var rtpMeters = RtpMeters.register(metrics.registry());
            InetAddress address = InetAddress.getByName(settings.asterisk().mediaAddress());
            var carrier =
                    new AsteriskCarrier(
                            vertx,
                            settings.asterisk(),
                            mediaLoops(vertx, address, rtpMeters, health),
                            calls,
                            AriMeters.register(metrics.registry()),
                            OverlayMeters.register(metrics.registry()));
            calls.placeCallsWith(carrier);
            carrier.start();
            running.push(() -> await(carrier.stop()));
            var server =
                    new OperatorServer(
                            settings.http(),
                            calls,
                            settings.terms(),
                            checks(carrier, engines, made.byUse(), health),
                            metrics,
                            settings.liveCaptions());
            await(vertx.deployVerticle(server));
            Thread checkup =
                    Thread.ofVirtual().name("checkup").start(() -> checkUp(settings, made));
            running.push(checkup::interrupt);
            CallTerms usual = settings.terms();
            Thread.ofVirtual()
                    .name("text-warm-up")
                    .start(
                            () ->
                                    TextWarmUp.run(
                                            usual.callerLanguage(), usual.destinationLanguage()));
        } catch (Throwable e) {
            // An Error too leaves threads behind that would keep the process alive, doing nothing.
            close();
            throw e;
        }
    }

    /// Without files in the temporary folder, which may be none that can be written.
    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setPreferNativeTransport(false)
                .setFileSystemOptions(
                        new FileSystemOptions()
                                .setClassPathResolvingEnabled(false)
                                .setFileCachingEnabled(false));
    }

    /// Calls do not wait for it.
    private static void checkUp(Settings settings, Engines engines) {
        try {
            CheckUp.run(new Doctor(settings, engines.byUse()));
        } catch (InterruptedException e) {
            // The controller stops before all parts have answered.
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T keep(T resource) {
        running.push(resource);
        return resource;
    }

    private static VoiceDetector voiceDetector(boolean ignoreSounds) {
        VoiceDetector voice = WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE);
        return ignoreSounds
                ? new SoundClassifier(VOICE_THRESHOLD, voice)
                : new LevelGate(VOICE_THRESHOLD, voice);
    }

    /// What calls cannot do without, and each engine of the lists by itself.
    private static List<HealthCheck> checks(
            AsteriskCarrier carrier,
            SpeechEngines engines,
            Map<String, SpeechPort> each,
            InterpretationHealth health) {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(HealthCheck.vital("asterisk", carrier::unavailableReason));
        checks.add(HealthCheck.vital("interpretation", health::unavailableReason));
        checks.add(HealthCheck.vital("transcriber", engines.transcriber()::unavailableReason));
        checks.add(HealthCheck.vital("translator", engines.translator()::unavailableReason));
        checks.add(HealthCheck.vital("synthesizer", engines.synthesizer()::unavailableReason));
        engines.direct()
                .ifPresent(
                        direct ->
                                checks.add(HealthCheck.vital("direct", direct::unavailableReason)));
        each.forEach(
                (use, engine) ->
                        checks.add(new HealthCheck(use, false, engine::unavailableReason)));
        return checks;
    }

    /// One loop for each processor, each with its RTP socket and one that nobody reads.
    private List<MediaLoop> mediaLoops(
            Vertx vertx, InetAddress address, RtpMeters meters, InterpretationHealth health)
            throws Exception {
        List<MediaLoop> loops = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Context context = await(eventLoop(vertx));
            context.exceptionHandler(health::faulted);
            RtpSocket socket = await(RtpSocket.open(context, address, NanoClock.system(), meters));
            running.push(() -> closeOn(context, socket));
            RtpSocket sink =
                    await(RtpSocket.openDeaf(context, address, NanoClock.system(), meters));
            running.push(() -> closeOn(context, sink));
            loops.add(new MediaLoop(new VertxLoop(vertx, context), socket, sink));
        }
        return loops;
    }

    /// An event-loop context of its own: that of a verticle which does nothing else.
    private static Future<Context> eventLoop(Vertx vertx) {
        Promise<Context> started = Promise.promise();
        return vertx.deployVerticle(
                        new AbstractVerticle() {
                            @Override
                            public void start() {
                                started.complete(context);
                            }
                        })
                .compose(_ -> started.future());
    }

    private static void closeOn(Context context, RtpSocket socket) throws Exception {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(
                _ -> {
                    socket.close();
                    closed.complete();
                });
        await(closed.future());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(STEP.toSeconds(), TimeUnit.SECONDS);
    }

    /// Takes no more calls, gives the running ones the time the settings give them, leaves who still
    /// talks then to talk without us, and stops everything.
    @Override
    public void stop() throws Exception {
        try {
            calls.drain()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            await(calls.leaveAll());
        } finally {
            close();
        }
    }

    private void close() {
        for (AutoCloseable resource : running) {
            try {
                resource.close();
            } catch (Exception e) {
                log.error("stopping, a part did not close", e);
            }
        }
        running.clear();
    }
}
