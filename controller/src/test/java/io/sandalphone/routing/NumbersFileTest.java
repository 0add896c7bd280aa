package io.sandalphone.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.agent.AgentBuilder;
import io.sandalphone.agent.AgentSettings;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.E164;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

class NumbersFileTest {
    private static final VoiceChoice NOVA = new VoiceChoice(Optional.of("nova"), Map.of());
    private static final String DESTINATION = "+525512345678";

    @TempDir private Path folder;

    private static ObjectNode yaml(String text) {
        try {
            return ConfigTree.yaml("test", text);
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NumbersFile.Rules rules() {
        Section root =
                Section.root(
                        yaml(
                                """
                                limits:
                                  max-concurrent-calls: 2
                                  destinations: ["+52*", "+12125550102"]
                                  extra-regions: []
                                  daily: {calls-per-caller: none, minutes-per-caller: none,
                                          calls-per-destination: none, minutes-per-destination: none}
                                """));
        ObjectNode defaults =
                yaml(
                        """
                        service: interpret
                        via: none
                        caller-language: "${LANGUAGE:-en}"
                        destination-language: es
                        interpret: true
                        relay: false
                        ring-timeout: 30s
                        max-duration: 60m
                        """);
        var agent =
                new AgentBuilder()
                        .greeting("Hello.")
                        .systemPrompt("Be brief.")
                        .voices(NOVA)
                        .settings();
        var checks =
                new RouteRules(
                        Limits.read(root.section("limits")),
                        () -> "+12125550109",
                        () -> Set.of("voipms", "twilio", "client"),
                        () -> Map.of("desk", agent),
                        () -> Set.of("12125550104"));
        var routes =
                new RouteTable(
                        Map.of(
                                "+12125550100",
                                new Route(
                                        new CallService.Interpreting(
                                                new E164("+12125550102"), Optional.empty()),
                                        RoutingSamples.TERMS)));
        return new NumbersFile.Rules(
                routes, defaults, checks, ZoneId.of("UTC"), Map.of("CRM", "crm-7"));
    }

    private NumbersFile file(String text) throws Exception {
        return new NumbersFile(Files.writeString(folder.resolve("numbers.yaml"), text), rules());
    }

    private Route only(String text) throws Exception {
        return file(text).read(NumbersFile.Check.NONE).routes().find("+12125550001").orElseThrow();
    }

    @Test
    void numbers_are_joined_to_the_routes_of_the_configuration() throws Exception {
        var read =
                file("""
                dids:
                  "+12125550001": {agent: desk}
                  12125550003: {destination: "+525512345678", via: twilio}
                  2001: {destination: browser}
                """)
                        .read(NumbersFile.Check.NONE);
        assertEquals(3, read.numbers());
        assertEquals(4, read.routes().size());
        assertEquals(
                new CallService.Attending("desk"),
                read.routes().find("2125550001").orElseThrow().service());
        assertEquals(
                new CallService.Interpreting(new E164(DESTINATION), Optional.of("twilio")),
                read.routes().find("+12125550003").orElseThrow().service());
        assertEquals(
                new CallService.Interpreting(new Browser("2001"), Optional.of("client")),
                read.routes().find("2001").orElseThrow().service());
    }

    @Test
    void what_a_number_says_of_its_agent_takes_the_place_of_what_the_agent_says() throws Exception {
        AgentSettings agent =
                only("""
                dids:
                  "+12125550001":
                    agent: desk
                    language: es
                    greeting: none
                    llm_model: big
                    system_prompt: |
                      You work at the branch in Puebla.

                      It opens at nine.
                """)
                        .number()
                        .agent()
                        .orElseThrow();
        assertEquals("desk", agent.name());
        assertEquals(new Language("es"), agent.language());
        assertEquals(Optional.empty(), agent.greeting());
        assertEquals(Optional.of("big"), agent.model());
        assertEquals(
                "You work at the branch in Puebla.\n\nIt opens at nine.", agent.systemPrompt());
        assertEquals(Duration.ofMinutes(30), agent.longestCall());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "language: es | VoiceChoice[first=Optional.empty, byEngine={}]",
                "language: en-GB | VoiceChoice[first=Optional[nova], byEngine={}]",
                "tts_voice: none | VoiceChoice[first=Optional.empty, byEngine={}]",
                "language: es, tts_voice: Mia | VoiceChoice[first=Optional[Mia], byEngine={}]",
                "tts-voice: {polly: Amy} | VoiceChoice[first=Optional.empty, byEngine={polly=Amy}]",
            })
    void an_agents_voice_is_of_its_language_and_a_number_may_have_its_own(
            String said, String voices) throws Exception {
        Route route = only("dids: {\"+12125550001\": {agent: desk, %s}}".formatted(said));
        assertEquals(voices, route.number().agent().orElseThrow().voices().toString());
        assertEquals(Map.of(), route.number().extra());
    }

    @Test
    void what_a_number_does_not_say_is_the_agents() throws Exception {
        AgentSettings agent =
                only("dids: {\"+12125550001\": {agent: desk}}").number().agent().orElseThrow();
        assertEquals(rules().checks().agents().get().get("desk"), agent);
    }

    @Test
    void whoever_calls_a_number_with_a_destination_speaks_its_language() throws Exception {
        Route route =
                only(
                        """
                        dids:
                          "+12125550001": {destination: "+525512345678", language: fr, relay: true}
                        """);
        assertEquals(new Language("fr"), route.terms().callerLanguage());
        assertEquals(new Language("es"), route.terms().destinationLanguage());
        assertEquals(true, route.terms().relay());
    }

    @Test
    void dashes_and_underscores_are_the_same_and_what_nobody_knows_is_kept() throws Exception {
        Route route =
                only(
                        """
                        dids:
                          "+12125550001":
                            agent: desk
                            user-id: u1
                            display_name: "The Branch"
                            crm-key: "$${CRM}"
                            tags: [a, b]
                            nested: {x: 1}
                            level: 3
                            nothing:
                        """);
        assertEquals(
                Map.of(
                        "user_id", "u1",
                        "display_name", "The Branch",
                        "crm_key", "${CRM}",
                        "tags", "[\"a\",\"b\"]",
                        "nested", "{\"x\":1}",
                        "level", "3",
                        "nothing", ""),
                route.number().extra());
    }

    @ParameterizedTest
    @MethodSource("hours")
    void hours_are_a_line_or_some_or_a_section(String hours, boolean open, String closed)
            throws Exception {
        Route route = only("dids: {\"+12125550001\": {agent: desk, hours: %s}}".formatted(hours));
        // A Monday.
        Route then = route.at(Instant.parse("2026-03-02T23:30:00Z"));
        assertEquals(
                open
                        ? route.service()
                        : new CallService.Closed(
                                closed.isEmpty()
                                        ? ClosedSentence.usual(new Language("en"), NOVA)
                                        : new ClosedSentence(closed, new Language("en"), NOVA)),
                then.service());
    }

    static Stream<Arguments> hours() {
        return Stream.of(
                Arguments.of("none", true, ""),
                Arguments.of("\"Mon 23:00-24:00\"", true, ""),
                Arguments.of("\"Mon 09:00-17:00\"", false, ""),
                Arguments.of("[\"Tue 09:00-17:00\", \"Mon 22:00-24:00\"]", true, ""),
                Arguments.of(
                        "{open: \"Mon 09:00-18:00\", time_zone: America/Mexico_City}", true, ""),
                Arguments.of("{open: [\"Mon 09:00-17:00\"], closed: Later.}", false, "Later."));
    }

    @Test
    void only_what_is_known_while_running_is_told_with_its_line_too() throws Exception {
        var file = file("dids:\n  \"+12125550001\":\n    agent: desk\n    language: xx\n");
        var refused =
                assertThrows(
                        ConfigurationException.class,
                        () ->
                                file.read(
                                        route ->
                                                List.of(new Problem("language", "xx", "another"))));
        assertEquals(
                file.path() + ":4: dids.\"+12125550001\".language: found xx, expected another",
                refused.getMessage());
    }

    /// Each file with the line and key of its one mistake.
    static Stream<Arguments> wrong() {
        return Stream.of(
                        List.of("dids: []", "1: dids"),
                        List.of("dids:", "1: dids"),
                        List.of("numbers: {}\ndids: {}", "1: numbers"),
                        List.of("{}", " dids"),
                        List.of("dids:\n  \"+12125550001\": 5", "2: dids.\"+12125550001\""),
                        List.of(
                                "dids:\n  \"+12125550001\": {}",
                                "2: dids.\"+12125550001\".destination"),
                        List.of("dids:\n  front: {agent: desk}", "2: dids.front"),
                        List.of("dids:\n  \"911\": {agent: desk}", "2: dids.911"),
                        List.of(
                                "dids:\n  \"+12125550100\": {agent: desk}",
                                "2: dids.\"+12125550100\""),
                        List.of("dids:\n  2125550100: {agent: desk}", "2: dids.2125550100"),
                        // The configuration's route rings it.
                        List.of(
                                "dids:\n  \"+12125550102\": {agent: desk}",
                                "2: dids.\"+12125550102\""),
                        // An agent does.
                        List.of(
                                "dids:\n  \"+12125550104\": {agent: desk}",
                                "2: dids.\"+12125550104\""),
                        List.of(
                                "dids:\n  \"+12125550001\": {agent: desk}\n"
                                        + "  2125550001: {agent: desk}",
                                "3: dids.2125550001"),
                        List.of(
                                "dids:\n  \"+12125550001\":\n    agent: nobody",
                                "3: dids.\"+12125550001\".agent"),
                        List.of(
                                "dids:\n  \"+12125550001\":\n    agent: desk\n"
                                        + "    destination: \"+525512345678\"",
                                "4: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+525512345678\"\n    greeting: Hi."),
                                "4: dids.\"+12125550001\".greeting"),
                        List.of(
                                did("destination: \"+525512345678\"\n    llm_model: big"),
                                "4: dids.\"+12125550001\".llm_model"),
                        List.of(
                                did("destination: \"+525512345678\"\n    tts_voice: nova"),
                                "4: dids.\"+12125550001\".tts_voice"),
                        List.of(
                                did("agent: desk\n    tts_voice:\n      polly: 'M<ia'"),
                                "5: dids.\"+12125550001\".tts_voice.polly"),
                        List.of(
                                did("destination: \"+525512345678\"\n    via: pigeon"),
                                "4: dids.\"+12125550001\".via"),
                        // Not allowed, premium rate, ours, the caller id, an emergency number,
                        // none.
                        List.of(
                                did("destination: \"+442071838750\""),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+529001234567\""),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+12125550100\""),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+12125550001\""),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+12125550109\""),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+52911\""),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: 5512345678"),
                                "3: dids.\"+12125550001\".destination"),
                        List.of(
                                did("destination: \"+525512345678\"\n    language: englisch!"),
                                "4: dids.\"+12125550001\".language"),
                        List.of(
                                did(
                                        "destination: \"+525512345678\"\n    language: en\n"
                                                + "    caller-language: en"),
                                "4: dids.\"+12125550001\".language"),
                        List.of(
                                did("agent: desk\n    system_prompt: a\n    system-prompt: b"),
                                "5: dids.\"+12125550001\".system-prompt"),
                        List.of(
                                did("agent: desk\n    greeting:"),
                                "4: dids.\"+12125550001\".greeting"),
                        List.of(
                                did("agent: desk\n    user_id:"),
                                "4: dids.\"+12125550001\".user_id"),
                        List.of(
                                did("agent: desk\n    hours: always"),
                                "4: dids.\"+12125550001\".hours"),
                        List.of(
                                did("agent: desk\n    hours: [\"Mon 09:00-17:00\", Tue]"),
                                "4: dids.\"+12125550001\".hours[1]"),
                        List.of(
                                did("agent: desk\n    hours: []"),
                                "4: dids.\"+12125550001\".hours"),
                        List.of(
                                did(
                                        "agent: desk\n    hours:\n      open: \"09:00-10:00\"\n"
                                                + "      time-zone: Atlantis"),
                                "6: dids.\"+12125550001\".hours.time-zone"),
                        List.of(
                                did(
                                        "agent: desk\n    hours:\n      open: \"09:00-10:00\"\n"
                                                + "      shut: x"),
                                "6: dids.\"+12125550001\".hours.shut"),
                        List.of(
                                did(
                                        "agent: desk\n    hours: {open: \"09:00-10:00\", closed: "
                                                + "x".repeat(301)
                                                + "}"),
                                "4: dids.\"+12125550001\".hours.closed"),
                        List.of(
                                did("agent: desk\n    greeting: \"Hi ${CRM}\""),
                                "4: dids.\"+12125550001\".greeting"),
                        List.of(
                                did("agent: desk\n    user_id: \"${NOT_SET:-x}\""),
                                "4: dids.\"+12125550001\".user_id"),
                        List.of(
                                did("agent: desk\n    crm: \"${credential:desk}\""),
                                "4: dids.\"+12125550001\".crm"),
                        List.of(
                                did("agent: desk\n    crm:\n      x: [a, \"$$${CRM}${CRM}\"]"),
                                "5: dids.\"+12125550001\".crm.x[1]"),
                        // What the strict reader refuses.
                        List.of(
                                did("agent: desk\n    user_id: 007"),
                                "4:14: dids.+12125550001.user_id"),
                        List.of(
                                did("agent: desk\n    user_id: yes"),
                                "4:14: dids.+12125550001.user_id"),
                        List.of(
                                did("agent: &a desk\n    user_id: *a"),
                                "3:12: dids.+12125550001.agent"),
                        List.of(
                                did("agent: desk\n    agent: desk"),
                                "4:5: dids.+12125550001.agent"),
                        List.of(did("agent: desk\n---\ndids: {}"), "4:1"))
                .map(row -> Arguments.of(row.get(0), row.get(1)));
    }

    private static String did(String keys) {
        return "dids:\n  \"+12125550001\":\n    " + keys;
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_file_is_refused_with_the_line_and_the_key(String text, String place)
            throws Exception {
        var file = file(text);
        var refused =
                assertThrows(ConfigurationException.class, () -> file.read(NumbersFile.Check.NONE));
        assertEquals(
                file.path() + ":" + place,
                refused.problems().getFirst().key(),
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"+34112", "+52911", "112", "+44999"})
    void a_destination_for_emergencies_is_said_to_be_one(String number) throws Exception {
        var file = file(did("destination: \"" + number + '"'));
        var refused =
                assertThrows(ConfigurationException.class, () -> file.read(NumbersFile.Check.NONE));
        assertEquals(
                List.of(Destinations.NO_EMERGENCY),
                refused.problems().stream().map(Problem::expected).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "hour, hours",
        "greting, greeting",
        "sytem_prompt, system-prompt",
        "usr_id, user-id",
        "rign-timeout, ring-timeout",
        "crm_key,",
        "tags,",
    })
    void a_key_that_is_nearly_a_known_one_is_kept_and_said_to_be(String key, String meant)
            throws Exception {
        var file = file(did("agent: desk\n    " + key + ": x"));
        var read = file.read(NumbersFile.Check.NONE).routes().find("+12125550001").orElseThrow();
        assertEquals(Map.of(key.replace('-', '_'), "x"), read.number().extra());
        assertEquals(
                Optional.ofNullable(meant).map(known -> known + " (did you mean that?)").stream()
                        .toList(),
                file.doubtful().stream().map(Problem::expected).toList());
    }

    @Test
    void what_is_perhaps_mistyped_is_told_with_the_mistake_that_comes_of_it() throws Exception {
        var file = file(did("agnet: desk"));
        var refused =
                assertThrows(ConfigurationException.class, () -> file.read(NumbersFile.Check.NONE));
        assertEquals(
                new Problem(
                        file.path() + ":3: dids.\"+12125550001\".agnet",
                        "an unknown key, which is kept in extra",
                        "agent (did you mean that?)"),
                refused.problems().getLast());
    }

    @Test
    void a_file_that_is_not_there_is_said_to_be() {
        var file = new NumbersFile(folder.resolve("none.yaml"), rules());
        assertTrue(
                assertThrows(ConfigurationException.class, () -> file.read(NumbersFile.Check.NONE))
                        .getMessage()
                        .contains("no such file"));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothing_is_waited_for_from_what_is_no_file() throws Exception {
        Path pipe = folder.resolve("numbers.yaml");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        var file = new NumbersFile(pipe, rules());
        var refused =
                assertThrows(ConfigurationException.class, () -> file.read(NumbersFile.Check.NONE));
        assertEquals("no plain file", refused.problems().getFirst().found());
    }
}
