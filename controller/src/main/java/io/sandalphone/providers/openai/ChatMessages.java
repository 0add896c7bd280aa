package io.sandalphone.providers.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.model.Prompt;
import io.sandalphone.brain.model.ToolCall;
import io.sandalphone.brain.model.UsedTool;

import java.util.List;

/// The messages of a conversation, as a model is told it while it gives one answer: with the tools that it has called meanwhile, and
/// what came of them. One thread at a time.
final class ChatMessages {
    private static final String UNKNOWN = "unknown_tool";

    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private int calls;

    ChatMessages(BrainRequest request) {
        Prompt.messages(request, messages);
    }

    private ObjectNode add(String role) {
        return messages.addObject().put("role", role);
    }

    /// As they are now.
    ArrayNode json() {
        return messages;
    }

    /// The model has said this, and called these tools, each of which has a result.
    void used(String said, List<UsedTool> results) {
        ObjectNode assistant = add("assistant");
        if (said.isEmpty()) {
            assistant.putNull("content");
        } else {
            assistant.put("content", said);
        }
        ArrayNode called = assistant.putArray("tool_calls");
        for (UsedTool result : results) {
            calls++;
            // Some servers give none, or one twice.
            String id = "call_" + calls;
            ObjectNode call = called.addObject().put("id", id).put("type", "function");
            call.putObject("function")
                    .put("name", name(result.call()))
                    .put("arguments", result.call().argumentObject().toString());
            add("tool").put("tool_call_id", id).put("content", result.text());
        }
    }

    /// Servers refuse a name that none can have, and some arguments that are no JSON.
    private static String name(ToolCall call) {
        return call.name().matches(Tool.NAME) ? call.name() : UNKNOWN;
    }
}
