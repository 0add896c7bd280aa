package io.sandalphone.harness.fakes.chat;

import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// What a model was asked.
///
/// @param tools the names of those it may use
/// @param streams whether the answer is wanted piece by piece
/// @param mostTokens how long the answer may become
/// @param headers of the HTTP request, in lower case
/// @param body the request as it came
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        List<String> tools,
        boolean streams,
        OptionalInt mostTokens,
        Map<String, String> headers,
        JsonObject body) {
    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        headers = Map.copyOf(headers);
    }

    /// The newest message of a conversation that has at least one.
    public ChatMessage last() {
        return messages.getLast();
    }

    /// What the user said last; empty when they said nothing yet.
    public String said() {
        return newest("user");
    }

    /// What the model itself answered last; empty when it has not yet.
    public String answered() {
        return newest("assistant");
    }

    private String newest(String role) {
        return messages.reversed().stream()
                .filter(message -> message.isFrom(role) && !message.content().isEmpty())
                .map(ChatMessage::content)
                .findFirst()
                .orElse("");
    }

    /// As many tokens as the messages have.
    int tokens() {
        return messages.stream().mapToInt(message -> Tokens.of(message.content()).size()).sum();
    }
}
