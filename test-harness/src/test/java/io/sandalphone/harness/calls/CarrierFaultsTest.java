package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.call.CallMeters;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.harness.ari.ArmedFault;
import io.sandalphone.harness.ari.FakeAri;
import io.sandalphone.harness.ari.TrainingCall;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneSynthesizer;
import io.sandalphone.harness.tone.ToneTranscriber;
import io.sandalphone.harness.tone.ToneTranslator;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.rtp.RtpMeters;
import io.sandalphone.media.rtp.RtpSocket;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.Elsewhere;
import io.sandalphone.telephony.asterisk.LegMeters;
import io.sandalphone.telephony.asterisk.LegSettings;
import io.sandalphone.telephony.asterisk.MediaLoop;
import io.sandalphone.telephony.asterisk.OverlayMeters;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.translate.Announcements;
import io.sandalphone.translate.CommitMode;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LagSettings;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.SpeculationSettings;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Calls of a controller whose Asterisk refuses, dawdles, or tells nonsense: nothing of them is left.
class CarrierFaultsTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String ENDED = "sandalphone.call.ended";
    private static final String CALLED = "+12125550101";

    private static final CostSettings FREE =
            new CostSettings(
                    Currency.getInstance("USD"),
                    Optional.empty(),
                    Optional.empty(),
                    ZoneOffset.UTC,
                    Optional.empty(),
                    new PriceTable(Map.of()));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AriMeters ariMeters = AriMeters.register(registry);
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private final AtomicBoolean faulty = new AtomicBoolean();
    private Vertx vertx;
    private FakeAri fake;
    private CallRegistry calls;
    private AsteriskCarrier carrier;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx().exceptionHandler(thrown::add);
        fake = FakeAri.start();
        calls = calls(registry);
        carrier = carrier(calls, registry);
        calls.placeCallsWith(List.of(carrier));
        var _ = carrier.start();
        awaitAvailable();
    }

    private CallRegistry calls(SimpleMeterRegistry meters) throws Exception {
        var terms =
                new CallTerms(
                        ToneWord.ENGLISH,
                        ToneWord.SPANISH,
                        true,
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1));
        var dependencies =
                new InterpreterDependencies(
                        new SpeechEngines(
                                new ToneTranscriber(),
                                new ToneTranslator(),
                                new ToneSynthesizer(ToneSpeech.USUAL),
                                Optional.empty()),
                        new LaneSettings(
                                CommitMode.CLAUSE,
                                SpeculationSettings.NONE,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                new LagSettings(Duration.ofSeconds(8), 1.25),
                                VoiceOverSettings.USUAL),
                        UtteranceSettings.TELEPHONE,
                        this::voiceDetector,
                        Glossary.EMPTY,
                        new InterpretationHealth(FaultMeters.register(meters), NanoClock.system()),
                        LaneMeters.register(meters),
                        UtteranceMeters.register(meters),
                        LevelMeters.register(meters),
                        TranscriptFilterMeters.register(meters),
                        Announcements.none());
        return new CallRegistry(
                new RouteTable(
                        Map.of(
                                CALLED,
                                new Route(
                                        new CallService.Interpreting(
                                                new E164("+12125550102"), Optional.empty()),
                                        terms))),
                new Limits(10, List.of("+1*")),
                new CallerIdPolicy("", false),
                dependencies,
                Agents.none(),
                Accounting.open(FREE, InstantSource.system(), CostMeters.register(meters)),
                CallMeters.register(meters));
    }

    private AsteriskCarrier carrier(CallRegistry itsCalls, SimpleMeterRegistry meters)
            throws Exception {
        Context context = vertx.getOrCreateContext();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        RtpSocket socket =
                RtpSocket.open(context, loopback, NanoClock.system(), RtpMeters.register(meters))
                        .await();
        RtpSocket sink =
                RtpSocket.openDeaf(
                                context, loopback, NanoClock.system(), RtpMeters.register(meters))
                        .await();
        return new AsteriskCarrier(
                vertx,
                new AsteriskSettings(
                        fake.settings().withRequestTimeout(Duration.ofMillis(500)),
                        new AsteriskSettings.Trunk(
                                "PJSIP/{number}@voipms", new CallerIdPolicy("", false)),
                        new AsteriskSettings.SilenceLimits(
                                Duration.ofMinutes(1), Duration.ofMinutes(10)),
                        loopback.getHostAddress(),
                        new LegSettings(loopback.getHostAddress(), 0),
                        Optional.empty()),
                List.of(new MediaLoop(new VertxLoop(vertx, context), socket, sink)),
                itsCalls,
                Survivors.NONE,
                new Elsewhere(
                        new MixedBridges(BusMeters.register(meters)),
                        (_, _) -> {
                            throw new IllegalStateException("there is no other carrier");
                        },
                        Set.of()),
                AriMeters.register(meters),
                OverlayMeters.register(meters),
                LegMeters.register(meters),
                StreamMeters.register(meters));
    }

    private void awaitAvailable() {
        awaitAvailable(carrier);
    }

    private static void awaitAvailable(AsteriskCarrier carrier) {
        Poll.until(
                SOON,
                () -> carrier.unavailableReason().isEmpty(),
                () -> "calls can begin: " + carrier.unavailableReason());
    }

    /// Another controller for the same application, in the place of one that runs.
    private AsteriskCarrier takeOver(CallRegistry itsCalls, SimpleMeterRegistry meters)
            throws Exception {
        AsteriskCarrier other = carrier(itsCalls, meters);
        itsCalls.placeCallsWith(List.of(other));
        other.start();
        awaitAvailable(other);
        return other;
    }

    /// Does not link, once, when the test says so.
    private VoiceDetector voiceDetector() {
        VoiceDetector detector = WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE);
        return new VoiceDetector() {
            @Override
            public boolean speech(AudioFrame frame) {
                if (faulty.getAndSet(false)) {
                    throw new UnsatisfiedLinkError("planted");
                }
                return detector.speech(frame);
            }

            @Override
            public void close() {
                detector.close();
            }
        };
    }

    @AfterEach
    void stop() {
        carrier.stop().await();
        vertx.close().await();
        fake.close();
    }

    @Test
    void a_call_for_training_is_one_in_which_both_are_heard() {
        TrainingCall.play(fake, CALLED);

        assertEquals(
                2,
                fake.requests().stream()
                        .filter(request -> request.path().contains("/snoop/"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /channels/create",
        "POST, /channels/.*/variable",
        "POST, /channels/.*/dial",
        "POST, /channels/.*/snoop/.*",
        "POST, /channels/externalMedia",
        "POST, /bridges/.*-main",
        "POST, /bridges/.*-private-.*",
        "POST, /bridges/.*/addChannel",
        "DELETE, /channels/.*",
        "DELETE, /bridges/.*"
    })
    void a_request_that_fails_leaves_nothing_behind(String method, String path) {
        // To what is to be removed 404 means that it is not there.
        if (!method.equals("DELETE")) {
            liveWith(() -> fake.failNext(method, path, 404));
        }
        liveWith(() -> fake.failNext(method, path, 500));
        liveWith(() -> fake.stallNext(method, path));
        assertEquals(List.of(), thrown);
    }

    /// Asterisk knows a bridge that was removed until the last channel has left it, and answers so meanwhile.
    @ParameterizedTest
    @ValueSource(strings = {"main", "private-.*"})
    void a_bridge_that_dissolves_counts_as_removed(String bridge) {
        String path = "/bridges/.*-" + bridge;
        String caller = arrive();
        answer();
        awaitAttached();
        ArmedFault dissolving = fake.failNext("DELETE", path, 409);
        int before = removals(path);
        fake.hangUp(caller, 16);
        Poll.until(SOON, () -> calls.sessions().isEmpty(), "the call is over");
        int bridges = bridge.equals("main") ? 1 : 2;
        assertEquals(1, dissolving.fired());
        assertEquals(bridges, removals(path) - before, "each bridge was to be removed once");
        fake.dropWebSocket();
        awaitNothing();
    }

    private int removals(String path) {
        return (int)
                fake.requests().stream()
                        .filter(sent -> sent.method().equals("DELETE"))
                        .filter(sent -> sent.path().matches(path))
                        .count();
    }

    /// One call in which something goes wrong, which must have happened by its end.
    private void liveWith(Supplier<ArmedFault> arm) {
        double before = ended();
        ArmedFault fault = arm.get();
        live();
        assertEquals(1, fault.fired(), "faults that happened in this call");
        assertEquals(before + 1, ended(), "calls that ended");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /channels/create",
        "POST, /channels/.*/variable",
        "POST, /channels/.*/dial",
        "POST, /bridges/.*-main",
        "POST, /bridges/.*/addChannel"
    })
    void a_caller_who_gives_up_while_a_request_is_under_way_leaves_nothing_behind(
            String method, String path) {
        fake.delay(method, path, Duration.ofMillis(60));
        String caller = fake.inboundCall(CALLED);
        fake.awaitRequest(method, path);
        fake.hangUp(caller, 16);
        awaitNothing();
        assertEquals(List.of(), thrown);
    }

    @Test
    void a_call_survives_a_lost_events_connection() {
        String caller = arrive();
        fake.awaitRequest("POST", "/channels/.*/dial");
        answer();
        awaitAttached();
        fake.dropWebSocket();
        fake.awaitConnection();
        assertEquals(1, calls.sessions().size());
        fake.hangUp(caller, 16);
        awaitNothing();
    }

    @Test
    void sound_that_is_lost_in_mid_call_is_attached_again() {
        String caller = arrive();
        fake.awaitRequest("POST", "/channels/.*/dial");
        answer();
        awaitAttached();
        String media = channel("-media-").orElseThrow();
        fake.hangUp(media, 16);
        Poll.until(SOON, () -> !attached(), "the loss is noticed");
        awaitAttached();
        assertEquals(1, registry.counter("sandalphone.overlay.audio.lost").count());
        fake.hangUp(caller, 16);
        awaitNothing();
    }

    @Test
    void a_fault_of_our_own_in_mid_call_brings_the_voice_back_and_sound_is_attached_again() {
        String caller = arrive();
        fake.awaitRequest("POST", "/channels/.*/dial");
        answer();
        awaitAttached();
        var phone = new MediaPhone(fake, caller);
        phone.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
        Poll.until(
                SOON,
                () -> {
                    phone.say(new short[160]);
                    return fake.variable(caller, "VOLUME(RX)").equals("-4");
                },
                "the voice sinks");
        faulty.set(true);
        phone.say(new short[160]);
        Poll.until(SOON, () -> !attached(), "the loss is noticed");
        awaitAttached();
        assertEquals("0", fake.variable(caller, "VOLUME(RX)"));
        assertEquals(1, registry.counter("sandalphone.rtp.faults").count());
        assertEquals(1, registry.counter("sandalphone.overlay.audio.lost").count());
        fake.hangUp(caller, 16);
        awaitNothing();
        assertEquals(List.of("planted"), thrown.stream().map(fault -> fault.getMessage()).toList());
    }

    @Test
    void calls_are_left_to_the_controller_that_takes_over_and_go_on_when_the_first_is_back()
            throws Exception {
        String caller = arrive();
        answer();
        awaitAttached();
        String destination = channel("-destination").orElseThrow();

        var otherMeters = new SimpleMeterRegistry();
        CallRegistry otherCalls = calls(otherMeters);
        AsteriskCarrier other = takeOver(otherCalls, otherMeters);
        Poll.until(SOON, () -> calls.sessions().isEmpty(), "the first one lets go of its call");
        assertTrue(carrier.unavailableReason().orElse("").contains("another controller"));
        assertEquals(
                1, registry.counter(ENDED, "result", "completed", "reason", "taken-over").count());
        awaitAlone(caller, destination);
        awaitPairsLeft(otherMeters);

        // The second one has a call of its own when the first one is started again.
        String second = fake.inboundCall(CALLED);
        Poll.until(SOON, () -> channel("-destination", destination).isPresent(), "it is dialled");
        fake.answer(channel("-destination", destination).orElseThrow());
        Poll.until(
                SOON,
                () -> otherCalls.sessions().stream().anyMatch(call -> call.audioAttached()),
                "it is interpreted");
        var againMeters = new SimpleMeterRegistry();
        CallRegistry againCalls = calls(againMeters);
        AsteriskCarrier again = takeOver(againCalls, againMeters);
        Poll.until(SOON, () -> otherCalls.sessions().isEmpty(), "the second one lets go of it");
        assertTrue(other.unavailableReason().isPresent());
        Poll.until(SOON, () -> fake.channels().size() == 4, () -> "four talk: " + fake.channels());

        fake.hangUp(caller, 16);
        fake.hangUp(second, 16);
        awaitNothing();
        other.stop().await();
        again.stop().await();
        assertEquals(List.of(), thrown);
    }

    /// Nothing is left but two people who hear each other at full level.
    private void awaitAlone(String caller, String destination) {
        Poll.until(
                SOON,
                () -> fake.channels().equals(List.of(caller, destination)),
                () -> "two talk: " + fake.channels());
        Poll.until(SOON, () -> fake.bridges().size() == 1, () -> "one bridge: " + fake.bridges());
        assertEquals(
                List.of(List.of(caller, destination)),
                fake.bridges().values().stream().map(List::copyOf).toList());
        for (String leg : List.of(caller, destination)) {
            assertTrue(List.of("", "0").contains(fake.variable(leg, "VOLUME(RX)")));
        }
    }

    private static void awaitPairsLeft(SimpleMeterRegistry meters) {
        Poll.until(
                SOON,
                () -> meters.counter("sandalphone.overlay.pairs.left.talking").count() == 1,
                "the pair is found");
    }

    @Test
    void a_caller_of_whom_the_stopping_controller_never_heard_goes_on_in_the_dialplan() {
        String caller = fake.unheardInboundCall(CALLED);
        carrier.stop().await();
        assertEquals(List.of(caller + " untranslated"), fake.continued());
    }

    @Test
    void a_caller_who_arrives_while_the_controller_drains_goes_on_in_the_dialplan() {
        calls.drain().await();
        String caller = fake.inboundCall(CALLED);
        carrier.stop().await();
        assertEquals(List.of(caller + " untranslated"), fake.continued());
        assertEquals(List.of(), fake.channels());
    }

    @Test
    void whatever_events_come_besides_a_call_ends_and_leaves_nothing_behind() {
        long seed = new Random().nextLong();
        System.out.println("events fuzzed with seed " + seed);
        var chance = new Random(seed);
        for (int round = 0; round < 40; round++) {
            String caller = arrive();
            babble(chance);
            answer();
            babble(chance);
            hangUp(caller);
            babble(chance);
            awaitNothing();
            assertEquals(List.of(), thrown, "seed " + seed + " round " + round);
            assertEquals(0, ariMeters.listenerFaults().count(), "seed " + seed);
        }
        assertTrue(ariMeters.unknownEvents().count() > 0);
        assertTrue(ariMeters.malformedEvents().count() > 0);
    }

    /// Says things that are not so, of channels that are and are not.
    private void babble(Random chance) {
        String[] types = {
            "StasisStart", "StasisEnd", "ChannelStateChange", "ChannelHangupRequest",
            "ChannelDestroyed", "ChannelLeftBridge", "Dial", "Novelty"
        };
        List<String> channels = fake.channels();
        for (int i = chance.nextInt(12); i > 0; i--) {
            JsonObject event =
                    new JsonObject()
                            .put("type", types[chance.nextInt(types.length)])
                            .put("application", "sandalphone")
                            .put("timestamp", "2026-01-01T00:00:00.000+0000")
                            .put("novelty", chance.nextInt());
            int which = chance.nextInt(channels.size() + 2);
            if (which > 0) {
                String id = which > channels.size() ? "sp-x-snoop-1" : channels.get(which - 1);
                JsonObject channel = new JsonObject().put("id", id).put("novelty", true);
                if (chance.nextBoolean()) {
                    channel.put("state", chance.nextBoolean() ? "Up" : "Ringing");
                }
                event.put("channel", channel).put("peer", channel);
            }
            fake.inject(chance.nextInt(10) == 0 ? "not an event" : event.encode());
        }
    }

    /// A call as it comes and goes, as far as it gets.
    private void live() {
        String caller = arrive();
        answer();
        Poll.until(SOON, () -> calls.sessions().isEmpty() || attached(), "it is wired");
        hangUp(caller);
        awaitNothing();
    }

    /// A call arrives and is taken up, if only to be turned away.
    private String arrive() {
        double before = ended();
        String caller = fake.inboundCall(CALLED);
        Poll.until(SOON, () -> !calls.sessions().isEmpty() || ended() > before, "it is taken up");
        return caller;
    }

    private double ended() {
        return registry.find("sandalphone.call.ended").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /// The destination answers when it is rung, if the call comes so far.
    private void answer() {
        Poll.until(SOON, () -> calls.sessions().isEmpty() || dialled(), "the destination is there");
        try {
            channel("-destination").ifPresent(fake::answer);
        } catch (IllegalStateException _) {
            // The call has ended meanwhile.
        }
    }

    private boolean dialled() {
        return channel("-destination")
                .filter(
                        id ->
                                fake.requests().stream()
                                        .anyMatch(sent -> sent.path().endsWith(id + "/dial")))
                .isPresent();
    }

    private void hangUp(String channel) {
        try {
            fake.hangUp(channel, 16);
        } catch (IllegalStateException _) {
            // The call has ended meanwhile.
        }
    }

    private Optional<String> channel(String part) {
        return channel(part, "");
    }

    private Optional<String> channel(String part, String other) {
        return fake.channels().stream()
                .filter(id -> id.contains(part) && !id.equals(other))
                .findFirst();
    }

    private boolean attached() {
        return calls.sessions().stream().anyMatch(call -> call.audioAttached());
    }

    private void awaitAttached() {
        Poll.until(SOON, this::attached, () -> "interpreted: " + calls.sessions());
    }

    private void awaitNothing() {
        Poll.until(
                SOON,
                () ->
                        calls.sessions().isEmpty()
                                && fake.channels().isEmpty()
                                && fake.bridges().isEmpty(),
                () -> "nothing is left: " + calls.sessions() + fake.channels() + fake.bridges());
    }
}
