package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a model answers: words, tools it wants used after them, or both.
///
/// @param fault what befalls this answer alone; one that is injected into the fake goes before it
public record ChatReply(String text, List<ToolCall> calls, Optional<Fault> fault) {
    public ChatReply {
        calls = List.copyOf(calls);
    }

    public static ChatReply says(String text) {
        return new ChatReply(text, List.of(), Optional.empty());
    }

    public static ChatReply calls(String tool, JsonObject arguments) {
        return says("").andCalls(tool, arguments);
    }

    /// The same, and then this tool.
    public ChatReply andCalls(String tool, JsonObject arguments) {
        List<ToolCall> more = new ArrayList<>(calls);
        more.add(new ToolCall(tool, arguments));
        return new ChatReply(text, more, fault);
    }

    /// The same, but `fault` befalls it.
    public ChatReply struckBy(Fault fault) {
        return new ChatReply(text, calls, Optional.of(fault));
    }
}
