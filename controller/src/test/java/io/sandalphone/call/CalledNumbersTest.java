package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agents;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.Hours;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.NumberSettings;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;
import io.sandalphone.translate.InterpreterDependencies;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What the registry makes of numbers with settings of their own.
class CalledNumbersTest {
    private static final String OURS = "+12125550101";
    private static final String NEW = "+12125550103";
    private static final E164 DESTINATION = new E164("+12125550102");
    private static final Hours HOURS = new Hours(ZoneOffset.UTC, Hours.parse("09:00-17:00"));

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<CallEvent> events = new ArrayList<>();
    private final List<Optional<String>> vias = new ArrayList<>();
    private final BlockingQueue<String> voiced = new LinkedBlockingQueue<>();
    private volatile boolean broken;
    private Instant now = Instant.parse("2026-03-02T12:00:00Z");

    /// Says every text as three seconds.
    private final class Voice implements Synthesizer {
        @Override
        public String name() {
            return "voice";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) throws SpeechException {
            if (broken) {
                voiced.add("broken");
                throw new SpeechException(SpeechException.Kind.UNREACHABLE, "test");
            }
            out.accept(new short[24_000]);
            voiced.add(request.language() + ": " + request.text());
        }
    }

    private static Route route(NumberSettings settings) {
        return new Route(
                new CallService.Interpreting(DESTINATION, Optional.empty()),
                Samples.TERMS,
                settings);
    }

    private static NumberSettings open(Optional<String> closed) {
        return new NumberSettings(Optional.of(HOURS), closed, Optional.empty(), Map.of());
    }

    private CallRegistry registry(Route route) {
        InterpreterDependencies silent =
                SilentEngines.dependencies(new SilentEngines.Ears(), loop, registry);
        var calls =
                new CallRegistry(
                        new RouteTable(Map.of(OURS, route)),
                        new Limits(3, List.of("+1*")),
                        new CallerIdPolicy("", false),
                        new InterpreterDependencies(
                                new SpeechEngines(
                                        silent.engines().transcriber(),
                                        silent.engines().translator(),
                                        new Voice(),
                                        Optional.empty()),
                                silent.settings(),
                                silent.utterances(),
                                silent.voiceDetectors(),
                                silent.glossary(),
                                silent.health(),
                                silent.meters(),
                                silent.utteranceMeters(),
                                silent.levelMeters(),
                                silent.filterMeters(),
                                silent.announcements()),
                        Agents.none(),
                        Map.of(),
                        Samples.freeOfCharge(),
                        CallMeters.register(registry),
                        () -> now);
        calls.observe(events::add);
        return calls;
    }

    private FakeConnection arrive(CallRegistry calls, String called, Optional<String> language) {
        var connection = new FakeConnection(loop);
        calls.arrived(
                new Arrival(
                        CallIds.next(),
                        called,
                        CallerId.of("+12125550109"),
                        List.of(),
                        language,
                        via -> {
                            vias.add(via);
                            return connection;
                        }));
        return connection;
    }

    private FakeConnection arrive(CallRegistry calls) {
        return arrive(calls, OURS, Optional.empty());
    }

    private String voiced() throws InterruptedException {
        return String.valueOf(voiced.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void within_the_hours_the_destination_is_rung() {
        var connection = arrive(registry(route(open(Optional.empty()))));
        assertEquals(List.of("dial DESTINATION"), connection.asked);
    }

    @Test
    void outside_the_hours_a_sentence_is_heard_and_nobody_is_rung() throws Exception {
        var calls = registry(route(open(Optional.empty())));
        calls.prepareSentences();
        assertEquals(
                "en: We are closed right now. Please call again during our opening hours. Goodbye.",
                voiced());
        now = Instant.parse("2026-03-02T17:00:00Z");
        FakeConnection connection = heard(calls);
        assertEquals(List.of("release NO_ANSWER after 3 s"), connection.asked);
        // A way on which sound passes through us.
        assertEquals(Optional.of(EmergencyHint.VIA), vias.getLast());
        connection.happen(new ConnectionEvent.Released());
        var ended = (CallEvent.Ended) events.getLast();
        assertEquals("refused closed", ended.result() + " " + ended.reason());
        assertEquals(List.of(), calls.sessions());
    }

    /// The voice is asked on a thread of its own, which may not have handed over yet what it gave.
    private FakeConnection heard(CallRegistry calls) {
        FakeConnection connection = arrive(calls);
        while (connection.asked.equals(List.of("release NO_ANSWER"))) {
            connection.happen(new ConnectionEvent.Released());
            Thread.onSpinWait();
            connection = arrive(calls);
        }
        return connection;
    }

    @Test
    void a_number_has_a_sentence_of_its_own() throws Exception {
        registry(route(open(Optional.of("Later.")))).prepareSentences();
        assertEquals("en: Later.", voiced());
    }

    @Test
    void where_it_cannot_be_voiced_the_call_ends_without_and_it_is_tried_again() throws Exception {
        broken = true;
        now = Instant.parse("2026-03-02T08:59:59Z");
        var calls = registry(route(open(Optional.empty())));
        var connection = arrive(calls);
        assertEquals(List.of("release NO_ANSWER"), connection.asked);
        connection.happen(new ConnectionEvent.Released());
        assertEquals("broken", voiced());
        broken = false;
        assertEquals(List.of("release NO_ANSWER after 3 s"), heard(calls).asked);
    }

    @Test
    void a_call_that_is_there_keeps_its_route_and_the_next_one_takes_the_new() {
        var calls = registry(route(NumberSettings.NONE));
        FakeConnection talking = arrive(calls);
        talking.happen(
                new ConnectionEvent.Ringing(Party.DESTINATION),
                new ConnectionEvent.Answered(Party.DESTINATION));
        calls.reroute(new RouteTable(Map.of(NEW, route(NumberSettings.NONE))));
        assertEquals(1, calls.sessions().size());
        assertEquals("talking", calls.sessions().getFirst().state());

        assertEquals(List.of("release UNALLOCATED"), arrive(calls).asked);
        assertEquals(List.of("dial DESTINATION"), arrive(calls, NEW, Optional.empty()).asked);
    }

    @Test
    void the_emergency_numbers_of_a_new_numbers_country_are_known() {
        var calls = registry(route(NumberSettings.NONE));
        calls.reroute(new RouteTable(Map.of("+493012345678", route(NumberSettings.NONE))));
        // Germany's, which nobody here had to do with before.
        var connection = arrive(calls, "110", Optional.empty());
        assertTrue(connection.asked.getFirst().startsWith("release REJECTED after"));
    }

    @Test
    void a_carrier_that_knows_what_the_caller_speaks_is_believed() {
        var calls = registry(route(NumberSettings.NONE));
        arrive(calls, OURS, Optional.of("ja"));
        assertEquals(new Language("ja"), calls.sessions().getFirst().callerLanguage());
    }
}
