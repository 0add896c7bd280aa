package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.call.CallMeters;
import io.sandalphone.call.CallRegistry;
import io.sandalphone.call.CallTerms;
import io.sandalphone.call.Limits;
import io.sandalphone.call.Route;
import io.sandalphone.call.RouteTable;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.harness.ari.FakeAri;
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
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.Glossary;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.asterisk.AsteriskCarrier;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.MediaLoop;
import io.sandalphone.telephony.asterisk.OverlayMeters;
import io.sandalphone.telephony.asterisk.ari.AriMeters;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.VertxLoop;
import io.sandalphone.translate.FaultMeters;
import io.sandalphone.translate.InterpretationHealth;
import io.sandalphone.translate.InterpreterDependencies;
import io.sandalphone.translate.LaneMeters;
import io.sandalphone.translate.LaneSettings;
import io.sandalphone.translate.TranscriptFilterMeters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// Calls of a controller whose Asterisk refuses, dawdles, or tells nonsense: nothing of them is left.
class CarrierFaultsTest {
    private static final Duration SOON = Duration.ofSeconds(15);
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
                        new LaneSettings(Duration.ofSeconds(5), Duration.ofSeconds(2), 8),
                        UtteranceSettings.TELEPHONE,
                        this::voiceDetector,
                        Glossary.EMPTY,
                        new InterpretationHealth(
                                FaultMeters.register(registry), NanoClock.system()),
                        LaneMeters.register(registry),
                        UtteranceMeters.register(registry),
                        TranscriptFilterMeters.register(registry));
        calls =
                new CallRegistry(
                        new RouteTable(Map.of(CALLED, new Route(new E164("+12125550102"), terms))),
                        new Limits(10, List.of("+1*")),
                        new CallerIdPolicy("", false),
                        dependencies,
                        Accounting.open(
                                FREE, InstantSource.system(), CostMeters.register(registry)),
                        CallMeters.register(registry));
        Context context = vertx.getOrCreateContext();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        RtpSocket socket =
                RtpSocket.open(context, loopback, NanoClock.system(), RtpMeters.register(registry))
                        .await();
        RtpSocket sink =
                RtpSocket.openDeaf(
                                context, loopback, NanoClock.system(), RtpMeters.register(registry))
                        .await();
        carrier =
                new AsteriskCarrier(
                        vertx,
                        fake.settings().withRequestTimeout(Duration.ofMillis(500)),
                        new AsteriskSettings.Trunk(
                                "PJSIP/{number}@voipms", new CallerIdPolicy("", false)),
                        List.of(new MediaLoop(new VertxLoop(vertx, context), socket, sink)),
                        calls,
                        ariMeters,
                        OverlayMeters.register(registry));
        calls.placeCallsWith(carrier);
        carrier.start();
        awaitAvailable();
    }

    private void awaitAvailable() {
        Poll.until(
                SOON,
                () -> carrier.unavailableReason().isEmpty(),
                () -> "calls can begin: " + carrier.unavailableReason());
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
            fake.failNext(method, path, 404);
            live();
        }
        fake.failNext(method, path, 500);
        live();
        fake.stallNext(method, path);
        live();
        assertEquals(List.of(), thrown);
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
        Poll.until(SOON, () -> calls.sessions().isEmpty() || attached() || failed(), "it is wired");
        hangUp(caller);
        awaitNothing();
    }

    private boolean failed() {
        return registry.counter("sandalphone.overlay.requests.refused").count() > 0;
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
        Poll.until(
                SOON,
                () -> calls.sessions().isEmpty() || failed() || dialled(),
                "the destination is there");
        try {
            channel("-destination").ifPresent(fake::answer);
        } catch (IllegalStateException _) {
            // The call has ended meanwhile.
        }
    }

    private boolean dialled() {
        return channel("-destination").isPresent()
                && fake.requests().getLast().path().endsWith("/dial");
    }

    private void hangUp(String channel) {
        try {
            fake.hangUp(channel, 16);
        } catch (IllegalStateException _) {
            // The call has ended meanwhile.
        }
    }

    private Optional<String> channel(String part) {
        return fake.channels().stream().filter(id -> id.contains(part)).findFirst();
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
