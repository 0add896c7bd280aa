package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.ConfigurationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The conversations that come with the harness, with the gateway's own agent in virtual time.
class VirtualConversationsTest {
    private static final Map<String, Conversation> ALL = Conversations.all();

    static Set<String> names() {
        return ALL.keySet();
    }

    private static Verdict hold(Conversation conversation) {
        try (VirtualPhone phone = VirtualPhone.of(conversation)) {
            return ConversationRun.of(conversation, phone, Duration.ZERO);
        }
    }

    private static String told(Verdict verdict) {
        return verdict.steps().stream()
                        .map(
                                step ->
                                        "%d %s %s – %s"
                                                .formatted(
                                                        step.number(),
                                                        step.judgement(),
                                                        step.step(),
                                                        step.told()))
                        .collect(Collectors.joining("\n"))
                + verdict.never();
    }

    @ParameterizedTest
    @MethodSource("names")
    void it_comes_to_pass(String name) {
        Verdict verdict = hold(Objects.requireNonNull(ALL.get(name)));
        assertTrue(verdict.holds(), () -> told(verdict));
    }

    private static Verdict hold(String steps) throws ConfigurationException {
        return hold(
                ConversationReader.read(
                        "test",
                        """
                        title: A test
                        agent: receptionist
                        language: en
                        steps:
                        """
                                + steps));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "another phrase; - hears: [good evening]",
                "what must not be heard; - {hears: [how can I help], never: [dental]}",
                "too late; - {hears: [how can I help], within: 1ms}",
                "silence that is none; - hears-nothing: 3s",
                "a person nobody asked for; - {is-transferred: [a], within: 5s}",
                "who does not hang up; - {is-hung-up-on: true, within: 5s}",
            })
    void what_does_not_come_to_pass_fails(String what, String step) throws Exception {
        String end = step.contains("is-") ? "" : "\n- hangs-up: true";
        Verdict verdict = hold(step.strip() + end);
        assertFalse(verdict.holds(), () -> what + ": " + told(verdict));
    }

    @Test
    void what_a_person_is_told_is_judged_by_its_words() throws Exception {
        String asks = "- hears: [how can I help]\n- says: Can I talk to a person, please?\n";
        Verdict told = hold(asks + "- is-transferred: [talk to a person]\n");
        assertTrue(told.holds(), () -> told(told));
        Verdict wrong = hold(asks + "- is-transferred: [toothache]\n");
        assertFalse(wrong.holds(), () -> told(wrong));
    }

    @Test
    void an_agent_that_is_not_silent_soon_enough_fails() throws Exception {
        Verdict verdict =
                hold(
                        """
                        - hears: [how can I help]
                        - says: What time do you open?
                        - says: No wait, what is your address?
                          over-the-agent: 1200ms
                        - falls-silent: 20ms
                        - hangs-up: true
                        """);
        assertFalse(verdict.holds(), () -> told(verdict));
    }

    @Test
    void what_is_heard_in_all_the_call_is_judged_too() throws Exception {
        Verdict verdict =
                hold(
                        ConversationReader.read(
                                "test",
                                """
                                title: A test
                                agent: receptionist
                                language: en
                                never: [harbour]
                                steps:
                                - hears: [how can I help]
                                - hangs-up: true
                                """));
        assertFalse(verdict.holds(), () -> told(verdict));
    }
}
