package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.AgentBuilder;
import io.sandalphone.agent.Agents;
import io.sandalphone.brain.EchoWords;
import io.sandalphone.call.People;
import io.sandalphone.call.Person;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.routing.CallService;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.resilience.ResilienceSettings;
import io.sandalphone.telephony.E164;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.webhook.WebhookSettings;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What agents are held against at the start.
class BrainsTest {
    private static final SpeechEngines ENGINES =
            KnownLanguages.engines(Set.of("en", "es"), Set.of("en", "es", "ja"));

    private static Agents made(AgentBuilder agent, People people) throws ConfigurationException {
        var registry = new SimpleMeterRegistry();
        var settings =
                new AgentsSettings(
                        Map.of("desk", agent.settings()),
                        Map.of("desk", people),
                        Map.of(EchoWords.NAME, _ -> new EchoWords()),
                        ToolHosts.NONE,
                        WebhookSettings.NONE);
        try (var brains =
                new Brains(
                        settings,
                        new Resilience(ResilienceSettings.defaults(), registry),
                        registry)) {
            return brains.agents(
                    AgentBuilder.dependencies(
                            ENGINES.transcriber(),
                            ENGINES.synthesizer(),
                            () -> {
                                throw new AssertionError("nobody calls");
                            },
                            registry),
                    ENGINES);
        }
    }

    private static List<String> problems(AgentBuilder agent, People people) {
        return assertThrows(ConfigurationException.class, () -> made(agent, people))
                .problems()
                .stream()
                .map(problem -> problem.key() + ": " + problem.expected())
                .toList();
    }

    @Test
    void an_agent_that_hears_answers_and_speaks_is_there() throws Exception {
        var nova = new VoiceChoice(Optional.of("nova"), Map.of());
        Agents agents = made(new AgentBuilder().voices(nova), People.NONE);
        assertEquals(nova, agents.named("desk").settings().voices());
    }

    @Test
    void a_voice_that_the_engine_has_not_stops_the_start_and_those_it_has_are_told() {
        var mia = new VoiceChoice(Optional.empty(), Map.of("voice", "Mia"));
        assertEquals(
                List.of("agents.desk.voice.voice: nova"),
                problems(new AgentBuilder().voices(mia), People.NONE));
    }

    @Test
    void a_language_that_nobody_hears_stops_the_start_whatever_the_voice() {
        var mia = new VoiceChoice(Optional.of("Mia"), Map.of());
        assertEquals(
                List.of("agents.desk.language: a language that one of the engines hears"),
                problems(new AgentBuilder().language("ja").voices(mia), People.NONE));
    }

    @Test
    void a_person_between_whom_and_callers_nobody_interprets_stops_the_start() {
        var person =
                new Person(
                        "reception",
                        new CallService.Interpreting(new E164("+525512345678"), Optional.empty()),
                        Optional.of(new Language("ja")));
        assertEquals(
                List.of(
                        "agents.desk.transfer.to.reception.language: a language between which and"
                                + " the agent's the engines interpret both ways"),
                problems(new AgentBuilder(), new People(List.of(person), Optional.empty())));
    }
}
