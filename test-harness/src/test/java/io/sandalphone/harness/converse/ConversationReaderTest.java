package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ToolCall;
import io.sandalphone.speech.Language;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ConversationReaderTest {
    private static final String HEAD =
            """
            title: A caller asks
            agent: receptionist
            language: es-MX
            """;

    private static final String WHOLE =
            HEAD
                    + """
                    background: {kind: cafe, level: -50.5}
                    never: [asterisk]
                    model:
                      - turn: 2
                        says: Hello.
                        calls: transfer
                        arguments: {to: desk}
                      - turn: 3
                        fault: stall-within
                    steps:
                      - hears: ["nine|9", to]
                        never: [ten]
                        within: 1400ms
                        language: en
                      - says: Good morning
                        language: en
                      - makes: mm-hm
                        over-the-agent: 600ms
                      - speaks-on: [to]
                      - says: Stop
                        over-the-agent: 1s
                      - falls-silent: 200ms
                      - presses: "1#"
                      - makes: cough
                        for: 1s
                      - waits: 6s
                      - hears: [fine]
                      - hears-nothing: 3s
                      - leaves-message: [tooth]
                      - is-transferred: [caller]
                        within: 9s
                    """;

    @Test
    void a_file_is_read_whole() throws ConfigurationException {
        Conversation read = ConversationReader.read("a.yaml", WHOLE);
        Optional<Duration> never = Optional.empty();
        assertEquals("A caller asks", read.title());
        assertEquals(Conversation.Agent.RECEPTIONIST, read.agent());
        assertEquals(Optional.of(new Background(Background.Kind.CAFE, -50.5)), read.background());
        assertEquals(phrases("asterisk"), read.never());
        assertEquals(
                List.of(
                        new ModelReply(
                                2,
                                Optional.of("Hello."),
                                Optional.of(
                                        new ToolCall(
                                                "transfer", new JsonObject().put("to", "desk"))),
                                Optional.empty()),
                        new ModelReply(
                                3,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Fault.STALL_WITHIN))),
                read.model());
        assertEquals(
                List.of(
                        new Step.Hears(
                                phrases("nine|9", "to"),
                                Duration.ofMillis(1400),
                                phrases("ten"),
                                Optional.of(new Language("en"))),
                        new Step.Says("Good morning", Optional.of(new Language("en")), never),
                        new Step.Makes(
                                Noise.MM_HM,
                                Duration.ofMillis(300),
                                Optional.of(Duration.ofMillis(600))),
                        new Step.SpeaksOn(phrases("to")),
                        new Step.Says("Stop", Optional.empty(), Optional.of(Duration.ofSeconds(1))),
                        new Step.FallsSilent(Duration.ofMillis(200)),
                        new Step.Presses("1#", never),
                        new Step.Makes(Noise.COUGH, Duration.ofSeconds(1), never),
                        new Step.Waits(Duration.ofSeconds(6)),
                        new Step.Hears(
                                phrases("fine"),
                                Duration.ofSeconds(4),
                                List.of(),
                                Optional.empty()),
                        new Step.HearsNothing(Duration.ofSeconds(3)),
                        new Step.LeavesMessage(phrases("tooth"), Duration.ofSeconds(4)),
                        new Step.IsTransferred(phrases("caller"), Duration.ofSeconds(9))),
                read.steps());
    }

    private static List<Phrase> phrases(String... written) {
        return List.of(written).stream().map(Phrase::of).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "{syas: a}               ! no step with the keys syas, where one of says, makes",
                "{says: a, waits: 1s}    ! more than one step with the keys says, waits, where one",
                "{says: a, witihn: 1s}   ! steps.1.witihn: found an unknown key",
                "{hears: [a], witin: 2s} ! steps.1.witin: found an unknown key, expected within"
                        + " (did you mean that?)",
                "{hears: [a], during: 2s} ! expected one of hears, never, within, language",
                "{waits: soon}           ! steps.1.waits: found \"soon\", expected a length of"
                        + " time",
                "{waits: 0s}             ! steps.1.waits: found \"0s\", expected",
                "{presses: \"12x\"}      ! expected keys of a telephone",
                "{makes: burp}           ! expected one of cough, sneeze, laugh, breath, mm-hm,"
                        + " knock",
                "{hears: []}             ! expected a list of at least one phrase",
                "{hears: nine}           ! expected a list, each entry words",
                "{hears: [\"nine|\"]}    ! steps.1.hears[0]: found \"nine|\", expected words",
                "{hears: [a], never: [a]} ! steps.1: found a both heard and never heard",
                "{hangs-up: false}       ! steps.1.hangs-up: found false, expected true",
                "{hangs-up: true}        ! steps.1: found the call is over, but there are more"
                        + " steps",
                "{falls-silent: 1s}      ! the step before is none of the caller's over-the-agent",
                "{speaks-on: [a]}        ! the step before is none of the caller's over-the-agent",
                "{says: a, language: 12}  ! steps.1.language: found 12, expected a language tag",
                "{hears: [a]}, {says: a, over-the-agent: 1s} ! steps.2: found over-the-agent after",
                "plain                   ! steps.1: found \"plain\", expected a section of keys"
            })
    void a_step_that_is_wrong_is_named(String steps, String message) {
        assertMistake(HEAD + "steps: [" + steps + ", {hangs-up: true}]", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "steps: []                                   ! steps: found no steps",
                "steps: [{waits: 1s}]                        ! steps.1: found the last step is no"
                        + " end",
                "steps: {a: 1}                               ! steps.a: found 1, expected a"
                        + " section",
                "model: [{turn: 1}]                          ! model.1: found neither says nor"
                        + " calls",
                "model: [{turn: 1, says: [a]}]               ! model.1: found says is no text",
                "model: [{turn: 0, says: a}]                 ! model.1.turn: found 0",
                "model: [{turn: 1, fault: fire}]             ! model.1.fault: found \"fire\"",
                "model: [{turn: 1, says: a}, {turn: 1, says: b}] ! two replies at the same turn",
                "person: asleep                              ! person: found \"asleep\", expected"
                        + " one of answers, busy, away",
                "background: {kind: cafe, level: 3}          ! background.level: found 3",
                "steps: [{says: *a}]                         ! an alias"
            })
    void what_is_wrong_elsewhere_is_named(String keys, String message) {
        String rest = keys.startsWith("steps") ? "" : "\nsteps: [{hangs-up: true}]";
        assertMistake(HEAD + keys + rest, message);
    }

    @Test
    void nobody_is_transferred_to_who_does_not_answer() throws ConfigurationException {
        String steps = "\nsteps: [{is-transferred: [a]}]";
        assertEquals(
                Reached.ANSWERS, ConversationReader.read("a.yaml", HEAD + steps.strip()).person());
        assertMistake(HEAD + "person: busy" + steps, "steps.1: found the person does not take");
    }

    @Test
    void what_echo_words_cannot_do_is_named() {
        String head = HEAD.replace("receptionist", "echo-words");
        assertMistake(head + "steps: [{is-transferred: [a]}]", "neither transfers calls");
        assertMistake(head + "person: away\nsteps: [{hangs-up: true}]", "transfers no calls");
        assertMistake(head + "model: [{turn: 1, says: a}]\nsteps: [{hangs-up: true}]", "has none");
    }

    @Test
    void all_mistakes_are_told_at_once() {
        var failure =
                assertThrows(
                        ConfigurationException.class,
                        () ->
                                ConversationReader.read(
                                        "a.yaml", "steps: [{waits: x}, {presses: key}]\nagnet: b"));
        assertEquals(
                List.of("title", "agent", "language", "steps.1.waits", "steps.2.presses", "agnet"),
                failure.problems().stream().map(Problem::key).toList());
    }

    private static void assertMistake(String text, String message) {
        var failure =
                assertThrows(
                        ConfigurationException.class,
                        () -> ConversationReader.read("a.yaml", text));
        assertEquals(
                message, failure.getMessage().contains(message) ? message : failure.getMessage());
    }
}
