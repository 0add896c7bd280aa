package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentBuilder;
import io.sandalphone.agent.AgentDependencies;
import io.sandalphone.agent.Agents;
import io.sandalphone.brain.EchoWords;
import io.sandalphone.call.People;
import io.sandalphone.call.Person;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.NumberSettings;
import io.sandalphone.routing.Route;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.telephony.E164;
import io.sandalphone.translate.AnnouncementSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calls to a number whose agent speaks as the number says, and puts its callers through to somebody who speaks Spanish.
class NumberLanguagesTest {
    private static final SpeechEngines ENGINES =
            KnownLanguages.engines(Set.of("en", "es"), Set.of("en", "es", "ja"));
    private static final People PEOPLE =
            new People(
                    List.of(
                            new Person(
                                    "reception",
                                    new CallService.Interpreting(
                                            new E164("+525512345678"), Optional.empty()),
                                    Optional.of(new Language("es")))),
                    Optional.empty());

    private static List<String> problems(
            AgentBuilder agent, SpeechEngines engines, AnnouncementSettings announcement) {
        return problems(agent, engines, announcement, true);
    }

    private static List<String> problems(
            AgentBuilder agent,
            SpeechEngines engines,
            AnnouncementSettings announcement,
            boolean interpret) {
        AgentDependencies dependencies =
                AgentBuilder.dependencies(
                        engines.transcriber(),
                        engines.synthesizer(),
                        () -> {
                            throw new AssertionError("nobody calls");
                        },
                        new SimpleMeterRegistry());
        var desk = new Agent(new AgentBuilder().settings(), new EchoWords(), dependencies);
        var english = new Language("en");
        var route =
                new Route(
                        new CallService.Attending("desk"),
                        new CallTerms(
                                english,
                                english,
                                interpret,
                                false,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(60)),
                        new NumberSettings(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(agent.settings()),
                                Map.of()));
        return new NumberLanguages(
                        new Agents(Map.of("desk", desk)),
                        Map.of("desk", PEOPLE),
                        engines,
                        announcement)
                .of(route).stream()
                        .map(
                                problem ->
                                        problem.key()
                                                + ": "
                                                + problem.found()
                                                + ", "
                                                + problem.expected())
                        .toList();
    }

    private static List<String> problems(AgentBuilder agent) {
        return problems(agent, ENGINES, AnnouncementSettings.NONE);
    }

    @Test
    void what_the_engines_can_do_is_no_problem() {
        assertEquals(List.of(), problems(new AgentBuilder()));
        assertEquals(List.of(), problems(new AgentBuilder().language("es-MX")));
    }

    @Test
    void a_language_that_nobody_hears_is_one() {
        assertEquals(
                List.of("language: ja, a language that one of the engines hears"),
                problems(new AgentBuilder().language("ja")));
    }

    @Test
    void a_voice_that_the_engine_has_not_is_told_with_those_it_has() {
        assertEquals(
                List.of("tts-voice: Mia, nova"),
                problems(new AgentBuilder().voices(new VoiceChoice(Optional.of("Mia"), Map.of()))));
        assertEquals(
                List.of(),
                problems(
                        new AgentBuilder().voices(new VoiceChoice(Optional.of("nova"), Map.of()))));
        assertEquals(
                List.of("tts-voice.voice: Mia, nova"),
                problems(
                        new AgentBuilder()
                                .voices(
                                        new VoiceChoice(
                                                Optional.empty(), Map.of("voice", "Mia")))));
    }

    @Test
    void an_agent_in_a_language_that_is_not_interpreted_for_its_people_is_a_problem() {
        var noSpanish = KnownLanguages.engines(Set.of("en", "ja"), Set.of("en", "ja"));
        assertEquals(
                List.of(
                        "language: ja, one between which and that of reception (transfer) the"
                                + " engines interpret both ways"),
                problems(new AgentBuilder().language("ja"), noSpanish, AnnouncementSettings.NONE));
        assertEquals(
                List.of(),
                problems(
                        new AgentBuilder().language("ja"),
                        noSpanish,
                        AnnouncementSettings.NONE,
                        false));
    }

    @Test
    void what_is_announced_has_a_text_for_the_callers_language_and_for_each_persons() {
        var announced = new AnnouncementSettings(true, Map.of("en", "Hello."));
        assertEquals(
                List.of("language: es, one that announcement.texts has"),
                problems(new AgentBuilder(), ENGINES, announced));
        assertEquals(List.of(), problems(new AgentBuilder().language("es"), ENGINES, announced));
    }
}
