package io.sandalphone.brain.model;

import com.fasterxml.jackson.databind.node.ArrayNode;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Instructions;
import io.sandalphone.brain.Turn;

/// A conversation as the messages that models are given: `{"role", "content"}`, as OpenAI and all others have them.
public final class Prompt {
    private Prompt() {}

    /// Adds to `messages` how to answer, and then the conversation.
    public static void messages(BrainRequest request, ArrayNode messages) {
        add(messages, "system", Instructions.of(request));
        request.conversation().forEach(turn -> turn(turn, messages));
    }

    /// Adds one turn of a conversation.
    public static void turn(Turn turn, ArrayNode messages) {
        add(
                messages,
                switch (turn.speaker()) {
                    case CALLER -> "user";
                    case AGENT -> "assistant";
                },
                turn.text());
    }

    private static void add(ArrayNode messages, String role, String text) {
        messages.addObject().put("role", role).put("content", text);
    }
}
