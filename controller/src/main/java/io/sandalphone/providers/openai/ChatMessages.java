package io.sandalphone.providers.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Instructions;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Turn;

import java.util.List;

/// The messages of a conversation, as a model is told it while it gives one answer: with the tools that it has called meanwhile, and
/// what came of them. One thread at a time.
final class ChatMessages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNKNOWN = "unknown_tool";

    private final ArrayNode messages = JSON.createArrayNode();
    private int calls;

    ChatMessages(BrainRequest request) {
        add("system").put("content", Instructions.of(request));
        for (Turn turn : request.conversation()) {
            boolean caller = turn.speaker() == Turn.Speaker.CALLER;
            add(caller ? "user" : "assistant").put("content", turn.text());
        }
    }

    private ObjectNode add(String role) {
        return messages.addObject().put("role", role);
    }

    /// As they are now.
    ArrayNode json() {
        return messages;
    }

    /// What a tool that the model called has given.
    record Result(ToolCall call, String text) {
        @Override
        public String toString() {
            return "Result[]";
        }
    }

    /// The model has said this, and called these tools, each of which has a result.
    void used(String said, List<Result> results) {
        ObjectNode assistant = add("assistant");
        if (said.isEmpty()) {
            assistant.putNull("content");
        } else {
            assistant.put("content", said);
        }
        ArrayNode called = assistant.putArray("tool_calls");
        for (Result result : results) {
            calls++;
            // Some servers give none, or one twice.
            String id = "call_" + calls;
            ObjectNode call = called.addObject().put("id", id).put("type", "function");
            call.putObject("function")
                    .put("name", name(result.call()))
                    .put("arguments", arguments(result.call()));
            add("tool").put("tool_call_id", id).put("content", result.text());
        }
    }

    /// Servers refuse a name that none can have, and some arguments that are no JSON.
    private static String name(ToolCall call) {
        return call.name().matches(Tool.NAME) ? call.name() : UNKNOWN;
    }

    private static String arguments(ToolCall call) {
        try {
            return JSON.readTree(call.arguments()).isObject() ? call.arguments() : "{}";
        } catch (JsonProcessingException _) {
            return "{}";
        }
    }
}
