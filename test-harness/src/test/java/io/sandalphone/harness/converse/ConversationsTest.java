package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The conversations that come with the harness.
class ConversationsTest {
    private static final Map<String, Conversation> ALL = Conversations.all();

    static Set<String> names() {
        return ALL.keySet();
    }

    @Test
    void there_are_some_of_each_kind_in_both_languages() {
        for (Conversation.Agent agent : Conversation.Agent.values()) {
            for (String language : List.of("en", "es")) {
                long some =
                        ALL.values().stream()
                                .filter(each -> each.agent() == agent)
                                .filter(each -> each.language().base().equals(language))
                                .count();
                assertTrue(some >= 2, agent + " in " + language + ": " + some);
            }
        }
        assertTrue(ALL.size() >= 20, ALL.size() + " conversations");
        assertEquals(ALL.size(), ALL.values().stream().map(Conversation::title).distinct().count());
    }

    @ParameterizedTest
    @MethodSource("names")
    void the_name_begins_with_the_language(String name) {
        assertTrue(name.startsWith(Objects.requireNonNull(ALL.get(name)).language().base() + "-"));
    }

    /// What is to be heard can be heard: an agent that makes no mistake passes, as far as texts tell.
    @ParameterizedTest
    @MethodSource("names")
    void in_writing_it_comes_to_pass(String name) {
        assertEquals(List.of(), new WrittenCall(Objects.requireNonNull(ALL.get(name))).run());
    }
}
