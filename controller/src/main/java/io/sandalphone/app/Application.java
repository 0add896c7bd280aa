package io.sandalphone.app;

import io.sandalphone.agent.AgentDependencies;
import io.sandalphone.agent.AgentMeters;
import io.sandalphone.agent.AgentTools;
import io.sandalphone.agent.Agents;
import io.sandalphone.agent.StockSentences;
import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallJournal;
import io.sandalphone.call.CallMeters;
import io.sandalphone.call.CallObserver;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.call.JournalMeters;
import io.sandalphone.call.Readopter;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.media.vad.LevelGate;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.notices.NoticeMeters;
import io.sandalphone.notices.NoticeSource;
import io.sandalphone.notices.NoticeWatch;
import io.sandalphone.ops.FileWatch;
import io.sandalphone.ops.HealthCheck;
import io.sandalphone.ops.LoopMeters;
import io.sandalphone.ops.LoopProbe;
import io.sandalphone.ops.NumbersMeters;
import io.sandalphone.ops.NumbersReload;
import io.sandalphone.ops.OperatorServer;
import io.sandalphone.ops.Operators;
import io.sandalphone.ops.OpsMeters;
import io.sandalphone.ops.PublicServer;
import io.sandalphone.ops.UtteranceLog;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.input.Detectors;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.systemd.SleepInhibitor;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.asterisk.TrunkWatch;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.tools.ToolKit;
import io.sandalphone.tools.ToolLookup;
import io.sandalphone.translate.AnnouncementMeters;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The gateway, constructed by hand, in the order in which things depend on each other, and stopped
/// in the reverse order.
final class Application implements Service {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    // Below this no sample of a frame is anybody's voice: about -54 dBov.
    private static final int VOICE_THRESHOLD = 64;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Duration drain;
    private final boolean handsOver;
    private final CallRegistry calls;
    private final List<VertxLoop> loops;

    /// Starts everything; returns when calls can come. What cannot be built stops the start, and
    /// then nothing is left running. Asterisk need not be there yet.
    static Application start(Settings settings) throws Exception {
        return new Application(settings);
    }

    private Application(Settings settings) throws Exception {
        drain = settings.drain();
        handsOver = settings.journal().file().isPresent();
        // First, and while nothing else runs: without it no call could be interpreted.
        WebRtcVoiceDetector.load(settings.nativeFolder());
        try {
            Optional<Rehearsal> rehearsal = rehearsal(settings);
            rehearsal.ifPresent(this::keep);
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
            RouteLanguages.require(settings.routes(), engines);
            Vertx vertx = Vertx.vertx(vertxOptions());
            running.push(() -> EventLoops.await(vertx.close()));
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
                            LevelMeters.register(metrics.registry()),
                            TranscriptFilterMeters.register(metrics.registry()),
                            new Announcements(
                                    settings.announcement(),
                                    AnnouncementMeters.register(metrics.registry())));
            Agents agents = agents(settings, dependencies, made.resilience(), metrics);
            var callMeters = CallMeters.register(metrics.registry());
            calls =
                    new CallRegistry(
                            settings.routes(),
                            settings.limits(),
                            callerId(settings),
                            dependencies,
                            agents,
                            settings.agents().people(),
                            accounting,
                            callMeters);
            CallJournal journal =
                    keep(
                            CallJournal.open(
                                    settings.journal(),
                                    InstantSource.system(),
                                    JournalMeters.register(metrics.registry())));
            var survivors = new Readopter(calls, journal, callMeters);
            calls.observe(journal);
            Optional<NumbersReload> numbers = numbers(settings, agents, engines, metrics);
            if (settings.inhibitSleep()) {
                SleepInhibitor.ofThisMachine()
                        .ifPresent(inhibitor -> calls.observe(awake(keep(inhibitor))));
            }
            loops = EventLoops.start(vertx, health::faulted);
            LoopProbe.start(loops, LoopMeters.register(metrics.registry()));
            var check =
                    new TokenCheck(
                            settings.http().token(),
                            TokenMeters.register(metrics.registry()),
                            System::nanoTime);
            Carriers carriers =
                    keep(new Carriers(settings, vertx, loops, calls, survivors, check, metrics));
            calls.placeCallsWith(carriers.all());
            NoticeWatch notices =
                    notices(settings, carriers.reachable(), made.byUse(), accounting, metrics);
            calls.observe(notices.calls());
            calls.observe(new UtteranceLog());
            survivors.only(carriers.reachable().keySet());
            // Nobody can call before it is over, and what it needs is not taken from them.
            if (rehearsal.isPresent()) {
                var _ = rehearsal.get().await();
            }
            Future<Void> connected = carriers.start();
            List<HealthCheck> checks = checks(carriers, engines, made.byUse(), health);
            if (settings.costs().ledger().isPresent()) {
                checks.add(
                        new HealthCheck(
                                "ledger", HealthCheck.Kind.NOTICE, accounting::unavailableReason));
            }
            if (settings.journal().file().isPresent()) {
                checks.add(
                        new HealthCheck(
                                "journal", HealthCheck.Kind.NOTICE, journal::unavailableReason));
            }
            var operators =
                    new Operators(
                            calls,
                            settings.terms(),
                            metrics,
                            OpsMeters.register(metrics.registry()),
                            check,
                            numbers,
                            settings.liveCaptions());
            numbers.ifPresent(
                    reload ->
                            checks.add(
                                    new HealthCheck(
                                            "numbers file",
                                            HealthCheck.Kind.NOTICE,
                                            reload::unavailableReason)));
            Optional<PublicServer> outside =
                    settings.publicHttp()
                            .map(
                                    http ->
                                            new PublicServer(
                                                    http,
                                                    checks,
                                                    carriers.paths(),
                                                    StreamEndpoint.LONGEST_MESSAGE,
                                                    Optional.of(operators)
                                                            .filter(
                                                                    _ ->
                                                                            settings
                                                                                    .publicOperators()),
                                                    InstantSource.system(),
                                                    metrics));
            List<HealthCheck> all = new ArrayList<>(checks);
            outside.map(each -> each.certificateChecks(withoutCertificate(settings)))
                    .ifPresent(all::addAll);
            EventLoops.await(
                    vertx.deployVerticle(new OperatorServer(settings.http(), operators, all)));
            if (outside.isPresent()) {
                PublicServer listener = outside.get();
                EventLoops.deploy(listener, loops.getFirst());
                running.push(() -> EventLoops.undeploy(listener, loops.getFirst()));
            }
            carriers.fetchBack();
            if (numbers.isPresent()) {
                watch(settings.numbers().orElseThrow(), numbers.get());
            }
            notices.start();
            // Calls that are there already may come as soon as it is connected; what follows is not
            // to be in their way.
            EventLoops.await(connected);
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

    /// Those who answer calls by themselves; they hear and speak with the engines that interpret.
    private Agents agents(
            Settings settings,
            InterpreterDependencies interpreting,
            Resilience resilience,
            Metrics metrics)
            throws ConfigurationException {
        var brains = keep(new Brains(settings.agents(), resilience, metrics.registry()));
        var tools =
                keep(
                        new ToolKit(
                                settings.agents().messages(),
                                new ToolLookup(settings.agents().toolHosts()),
                                metrics.registry()));
        return brains.agents(
                new AgentDependencies(
                        interpreting.engines().transcriber(),
                        interpreting.engines().synthesizer(),
                        new Detectors(
                                interpreting.voiceDetectors(),
                                interpreting.utterances(),
                                interpreting.utteranceMeters(),
                                interpreting.levelMeters(),
                                _ -> Optional.empty()),
                        new StockSentences(),
                        AgentTools.of(tools),
                        AgentMeters.register(metrics.registry()),
                        interpreting.health()::faulted),
                interpreting.engines());
    }

    /// The numbers file as it is now, held against what hears, answers and speaks here.
    private Optional<NumbersReload> numbers(
            Settings settings, Agents agents, SpeechEngines engines, Metrics metrics)
            throws ConfigurationException {
        var meters = NumbersMeters.register(metrics.registry());
        if (settings.numbers().isEmpty()) {
            return Optional.empty();
        }
        var reload =
                new NumbersReload(
                        settings.numbers().get(),
                        new NumberLanguages(
                                agents,
                                settings.agents().people(),
                                engines,
                                settings.announcement()),
                        calls::reroute,
                        meters);
        reload.begin();
        return Optional.of(reload);
    }

    private void watch(NumbersFile file, NumbersReload reload) {
        keep(new FileWatch(file.path(), file::lastRead, () -> reread(reload)));
    }

    /// What came of it is logged, counted and told in `/health`.
    private static void reread(NumbersReload reload) {
        var _ = reload.reload();
    }

    private static CallObserver awake(SleepInhibitor inhibitor) {
        return event -> {
            switch (event) {
                case CallEvent.StateChanged begun -> inhibitor.begun(begun.callId());
                case CallEvent.Ended ended -> inhibitor.ended(ended.callId());
                case CallEvent.Adopted _,
                        CallEvent.Left _,
                        CallEvent.Spent _,
                        CallEvent.Translation _,
                        CallEvent.Interpretation _,
                        CallEvent.Caption _ -> {
                    // Nothing begins or ends.
                }
            }
        };
    }

    /// For the calls whose sound passes through us. It goes on while the rest is built.
    private static Optional<Rehearsal> rehearsal(Settings settings) {
        return settings.publicHttp().isPresent()
                ? settings.rehearsal()
                        .map(
                                longest ->
                                        Rehearsal.begin(
                                                settings,
                                                longest,
                                                () -> voiceDetector(settings.ignoreSounds())))
                : Optional.empty();
    }

    /// Without files in the temporary folder, which may be none that can be written.
    static VertxOptions vertxOptions() {
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

    /// What looks whether there is something to tell the operator, once it is started. `carriers` say why each cannot work.
    private NoticeWatch notices(
            Settings settings,
            Map<String, Supplier<Optional<String>>> carriers,
            Map<String, SpeechPort> engines,
            Accounting accounting,
            Metrics metrics) {
        Map<String, Supplier<Optional<String>>> providers = new LinkedHashMap<>(carriers);
        engines.forEach((use, engine) -> providers.put(use, engine::unavailableReason));
        List<NoticeSource> sources = new ArrayList<>();
        sources.add(NoticeSources.providers(providers));
        sources.add(NoticeSources.costCap(accounting));
        sources.add(NoticeSources.certificates(settings, InstantSource.system()));
        sources.add(NoticeSources.disks(settings));
        settings.asterisk()
                .map(asterisk -> keep(new TrunkWatch(asterisk)))
                .map(NoticeSources::registration)
                .ifPresent(sources::add);
        return keep(
                new NoticeWatch(
                        settings.notices(),
                        sources,
                        NoticeWatch.PAUSES,
                        InstantSource.system(),
                        NoticeMeters.register(metrics.registry())));
    }

    /// What is lost when nobody trusts the public listener: Asterisk's calls do not come by it.
    private static HealthCheck.Kind withoutCertificate(Settings settings) {
        return settings.asterisk().isPresent()
                ? HealthCheck.Kind.SOME_CALLS
                : HealthCheck.Kind.CALLS;
    }

    /// What calls and their interpretation cannot do without, and each engine of the lists by itself.
    private static List<HealthCheck> checks(
            Carriers carriers,
            SpeechEngines engines,
            Map<String, SpeechPort> each,
            InterpretationHealth health) {
        List<HealthCheck> checks = new ArrayList<>(carriers.checks());
        checks.add(interpretation("interpretation", health::unavailableReason));
        checks.add(interpretation("transcriber", engines.transcriber()::unavailableReason));
        checks.add(interpretation("translator", engines.translator()::unavailableReason));
        checks.add(interpretation("synthesizer", engines.synthesizer()::unavailableReason));
        engines.direct()
                .ifPresent(
                        direct -> checks.add(interpretation("direct", direct::unavailableReason)));
        each.forEach(
                (use, engine) ->
                        checks.add(
                                new HealthCheck(
                                        use, HealthCheck.Kind.NOTICE, engine::unavailableReason)));
        return checks;
    }

    private static HealthCheck interpretation(
            String name, Supplier<Optional<String>> unavailableReason) {
        return new HealthCheck(name, HealthCheck.Kind.INTERPRETATION, unavailableReason);
    }

    /// What is shown to those whom we ring: what the trunk says, and without one the number that was
    /// called.
    private static CallerIdPolicy callerId(Settings settings) {
        return settings.asterisk()
                .map(asterisk -> asterisk.trunk().callerId())
                .orElse(new CallerIdPolicy("", false));
    }

    /// Takes no more calls, gives the running ones the time the settings give them, leaves who still
    /// talks then to talk without us, and stops everything. With a journal nobody waits for those whom the next gateway takes up.
    @Override
    public void stop() throws Exception {
        try {
            Future<Void> over = handsOver ? calls.drainToHandOver() : calls.drain();
            over.toCompletionStage()
                    .toCompletableFuture()
                    .get(drain.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.info("time to drain is over");
        } finally {
            leaveAndClose();
        }
    }

    private void leaveAndClose() throws Exception {
        try {
            // Nobody is there who would have to be waited for.
            EventLoops.await(calls.leaveAll());
        } finally {
            close();
        }
    }

    @Override
    public List<VertxLoop> loops() {
        return loops;
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
