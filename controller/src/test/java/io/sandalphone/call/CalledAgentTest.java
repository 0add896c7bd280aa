package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentBuilder;
import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.Agents;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.EchoWords;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.NumberSettings;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What an agent is told of the number that was called, and how it talks in calls to it.
class CalledAgentTest {
    private static final String OURS = "+12125550101";
    private static final String OTHER = "+12125550102";
    private static final AgentSettings DESK = settings("en", "Hello.");

    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AgentSettings> talked = new ArrayList<>();
    private final List<CallFacts> told = new ArrayList<>();

    /// Says every text as a second.
    private static final class Voice implements Synthesizer {
        @Override
        public String name() {
            return "voice";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {
            out.accept(new short[8_000]);
        }
    }

    private static AgentSettings settings(String language, String greeting) {
        return new AgentBuilder().language(language).greeting(greeting).settings();
    }

    private static RouteTable routes(NumberSettings ours) {
        var attending = new CallService.Attending("desk");
        return new RouteTable(
                Map.of(
                        OURS, new Route(attending, Samples.TERMS, ours),
                        OTHER, new Route(attending, Samples.TERMS)));
    }

    private CallRegistry calls(NumberSettings ours) {
        var ears = new SilentEngines.Ears();
        var dependencies =
                AgentBuilder.dependencies(
                        ears,
                        new Voice(),
                        SilentEngines.Deaf::new,
                        (settings, call) -> {
                            talked.add(settings);
                            told.add(call.facts());
                            return () -> Toolbox.NONE;
                        },
                        registry);
        return new CallRegistry(
                routes(ours),
                new Limits(10, List.of("+1*")),
                new CallerIdPolicy("", false),
                SilentEngines.dependencies(ears, loop, registry),
                new Agents(Map.of("desk", new Agent(DESK, new EchoWords(), dependencies))),
                Samples.freeOfCharge(),
                CallMeters.register(registry));
    }

    private FakeConnection call(CallRegistry calls, String called) {
        var connection = new FakeConnection(loop);
        calls.arrived(
                new Arrival(
                        CallIds.next(),
                        called,
                        CallerId.of("+12125550109"),
                        List.of(),
                        _ -> connection));
        loop.settle();
        connection.happen(new ConnectionEvent.AudioAttached());
        loop.settle();
        return connection;
    }

    private static NumberSettings number(AgentSettings agent) {
        return new NumberSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.of(agent),
                Map.of("user_id", "u1", "crm", "7"));
    }

    @Test
    void it_talks_as_the_number_says_and_is_told_what_is_set_for_it() {
        AgentSettings own = settings("es", "Hola.");
        CallRegistry calls = calls(number(own));
        call(calls, OURS);
        call(calls, OTHER);
        assertEquals(List.of(own, DESK), talked);
        assertEquals(List.of(OURS, OTHER), told.stream().map(CallFacts::to).toList());
        assertEquals(
                List.of(Map.of("user_id", "u1", "crm", "7"), Map.of()),
                told.stream().map(CallFacts::extra).toList());
        assertEquals(
                Set.of(new Language("es"), new Language("en")),
                calls.sessions().stream()
                        .map(CallView::callerLanguage)
                        .collect(Collectors.toSet()));
    }

    @Test
    void a_conversation_that_goes_on_after_its_audio_was_lost_goes_on_as_it_began() {
        AgentSettings own = settings("es", "Hola.");
        CallRegistry calls = calls(number(own));
        FakeConnection connection = call(calls, OURS);
        calls.reroute(routes(number(settings("fr", "Bonjour."))));
        connection.happen(new ConnectionEvent.AudioLost("test"));
        loop.advance(Duration.ofSeconds(3));
        connection.happen(new ConnectionEvent.AudioAttached());
        loop.settle();
        call(calls, OURS);
        assertEquals(
                List.of("es", "es", "fr"),
                talked.stream().map(settings -> settings.language().tag()).toList());
    }
}
