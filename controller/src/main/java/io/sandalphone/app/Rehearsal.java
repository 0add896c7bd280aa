package io.sandalphone.app;

import io.sandalphone.agent.Agents;
import io.sandalphone.call.CallMeters;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.call.JournalSettings;
import io.sandalphone.config.Secret;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.ops.PublicHttpSettings;
import io.sandalphone.ops.PublicServer;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamSettings;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.translate.AnnouncementSettings;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One call of our own through all that a call of a media-stream carrier goes through, before there are any: a
/// signed webhook, a destination rung over a REST interface, two sockets, and both voices interpreted. What
/// runs for the first time takes seconds in all, in which the first caller would hear nothing, or a gap.
///
/// It has a carrier, engines, loops, counts and accounts of its own, which leave nothing behind; nothing of
/// it leaves the process, and nothing is billed. It never keeps the gateway from starting: what it does not get
/// done in its time is left undone, and what goes wrong is logged.
final class Rehearsal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

    private static final String URL = "https://rehearsal.invalid";
    private static final E164 CALLER = new E164("+12125550199");
    private static final E164 CALLED = new E164("+12125550100");
    private static final E164 DESTINATION = new E164("+12125550111");

    /// How many utterances are interpreted: two of each, one of which is the first.
    private static final int UTTERANCES = 4;

    // Whoever is started by its thread is in the group, too.
    private static final ThreadGroup STAGE = new ThreadGroup("rehearsal");

    private final Duration longest;
    private final Thread thread;
    private final long begunNanos = System.nanoTime();
    private volatile @Nullable Throwable failure;

    private Rehearsal(Duration longest, Runnable call) {
        this.longest = longest;
        thread =
                Thread.ofPlatform()
                        .group(STAGE)
                        .name("rehearsal")
                        .daemon()
                        .start(() -> guarded(call));
    }

    /// Begins it beside whatever the start does meanwhile. `voices` gives the voice detectors of calls.
    static Rehearsal begin(Settings settings, Duration longest, Supplier<VoiceDetector> voices) {
        return begin(longest, () -> call(settings, longest, voices));
    }

    /// The same with any `call`.
    static Rehearsal begin(Duration longest, Runnable call) {
        return new Rehearsal(longest, call);
    }

    /// Whether the calling thread is one of a rehearsal.
    static boolean isOnStage() {
        return STAGE.equals(Thread.currentThread().getThreadGroup());
    }

    /// Whatever becomes of it, the gateway starts.
    @SuppressWarnings("CatchingThrowable")
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    /// Waits until it is over, and for no longer than it may take. Gives whether it went through.
    boolean await() throws InterruptedException {
        long left = longest.toNanos() - (System.nanoTime() - begunNanos);
        boolean over = thread.join(Duration.ofNanos(Math.max(1, left)));
        long millis = (System.nanoTime() - begunNanos) / 1_000_000;
        Throwable thrown = failure;
        if (!over) {
            thread.interrupt();
            log.atInfo()
                    .addKeyValue("millis", millis)
                    .log("rehearsal of a call took too long and was given up");
        } else if (thrown != null) {
            log.atWarn()
                    .addKeyValue("millis", millis)
                    .setCause(thrown)
                    .log("rehearsal of a call failed, the first caller may have to wait");
        } else {
            log.atInfo().addKeyValue("millis", millis).log("a call was rehearsed");
        }
        return over && thrown == null;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    // What follows runs on the rehearsal's thread.

    private static void call(Settings settings, Duration longest, Supplier<VoiceDetector> voices) {
        Deque<AutoCloseable> running = new ArrayDeque<>();
        try {
            call(settings, longest, voices, running);
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        } finally {
            running.forEach(Rehearsal::end);
        }
    }

    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.atDebug().setCause(e).log("a part of the rehearsal did not close");
        }
    }

    private static void call(
            Settings settings,
            Duration longest,
            Supplier<VoiceDetector> voices,
            Deque<AutoCloseable> running)
            throws Exception {
        var vertx =
                Vertx.vertx(new VertxOptions(Application.vertxOptions()).setEventLoopPoolSize(2));
        running.push(() -> EventLoops.await(vertx.close()));
        var metrics = new Metrics();
        running.push(metrics);
        String authToken = UUID.randomUUID().toString();
        var twilio = new RehearsedCarrier(vertx, authToken);
        running.push(twilio);
        var engines = new RehearsedEngines(UTTERANCES);
        Settings own = settings(settings, twilio, authToken);
        CallRegistry calls = calls(own, engines, voices, metrics);
        List<VertxLoop> loops = EventLoops.start(vertx, _ -> {});
        var check =
                new TokenCheck(
                        new Secret(authToken),
                        TokenMeters.register(metrics.registry()),
                        System::nanoTime);
        var carriers = new Carriers(own, vertx, loops, calls, Survivors.NONE, check, metrics);
        running.push(carriers);
        calls.placeCallsWith(carriers.all());
        var server =
                new PublicServer(
                        own.publicHttp().orElseThrow(),
                        List.of(),
                        carriers.paths(),
                        StreamEndpoint.LONGEST_MESSAGE,
                        Optional.empty(),
                        InstantSource.system(),
                        metrics);
        EventLoops.deploy(server, loops.getFirst());
        running.push(() -> EventLoops.undeploy(server, loops.getFirst()));
        RehearsedPhone caller = twilio.call(server.port(), URL, CALLER.number(), CALLED.number());
        RehearsedPhone destination = twilio.answer(server.port(), URL);
        boolean spoken = engines.spoken().await(longest.toMillis(), TimeUnit.MILLISECONDS);
        boolean heard = caller.heard() > 0 && destination.heard() > 0;
        caller.hangUp();
        destination.hangUp();
        if (!spoken || !heard) {
            throw new IllegalStateException("spoken: " + spoken + ", heard: " + heard);
        }
        EventLoops.await(calls.leaveAll());
    }

    /// The gateway's settings, with one carrier and one route of the rehearsal's own.
    private static Settings settings(Settings usual, RehearsedCarrier twilio, String authToken) {
        CallTerms terms = usual.terms();
        var both =
                new CallTerms(
                        terms.callerLanguage(),
                        terms.destinationLanguage(),
                        true,
                        true,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1));
        var route =
                new Route(
                        new CallService.Interpreting(DESTINATION, Optional.of(TwilioCarrier.NAME)),
                        both);
        PublicHttpSettings world = usual.publicHttp().orElseThrow();
        CostSettings costs = usual.costs();
        return new Settings(
                Optional.empty(),
                usual.http(),
                Optional.of(
                        new PublicHttpSettings(
                                InetAddress.getLoopbackAddress(),
                                0,
                                world.connections(),
                                Optional.empty())),
                false,
                new StreamSettings(Optional.of(PublicUrl.read(URL).url()), true, Optional.empty()),
                Optional.of(
                        new TwilioSettings(
                                twilio.account(),
                                new Secret(authToken),
                                CALLED,
                                twilio.api(),
                                100,
                                false)),
                Optional.empty(),
                Optional.empty(),
                new RouteTable(Map.of(CALLED.number(), route)),
                Optional.empty(),
                both,
                new Limits(1, List.of(DESTINATION.number())),
                AgentsSettings.NONE,
                usual.speech(),
                usual.glossary(),
                usual.interpretation(),
                AnnouncementSettings.NONE,
                new CostSettings(
                        costs.currency(),
                        Optional.empty(),
                        Optional.empty(),
                        costs.zone(),
                        Optional.empty(),
                        costs.prices()),
                JournalSettings.NONE,
                usual.notices(),
                usual.ignoreSounds(),
                usual.liveCaptions(),
                false,
                Duration.ZERO,
                Optional.empty(),
                usual.nativeFolder(),
                usual.models(),
                usual.log());
    }

    static CallRegistry calls(
            Settings settings,
            RehearsedEngines engines,
            Supplier<VoiceDetector> voices,
            Metrics metrics) {
        var registry = metrics.registry();
        var dependencies =
                new InterpreterDependencies(
                        engines.engines(settings, registry),
                        settings.interpretation(),
                        UtteranceSettings.TELEPHONE,
                        () -> RehearsedEngines.convinced(voices.get()),
                        settings.glossary(),
                        new InterpretationHealth(
                                FaultMeters.register(registry), NanoClock.system()),
                        LaneMeters.register(registry),
                        UtteranceMeters.register(registry),
                        LevelMeters.register(registry),
                        TranscriptFilterMeters.register(registry),
                        Announcements.none());
        return new CallRegistry(
                settings.routes(),
                settings.limits(),
                new CallerIdPolicy("", false),
                dependencies,
                Agents.none(),
                Accounting.open(
                        settings.costs(), InstantSource.system(), CostMeters.register(registry)),
                CallMeters.register(registry));
    }
}
