package io.sandalphone.harness.fakes.chat;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a request for a chat completion, and refuses what OpenAI refuses.
final class OpenAiRequest {
    private static final Set<String> ROLES =
            Set.of("system", "developer", "user", "assistant", "tool");
    private static final Pattern TOOL = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final JsonObject body;
    private final boolean reasoning;

    /// By id, the name of each tool that the assistant called and that has no result yet.
    private final Map<String, String> open = new LinkedHashMap<>();

    OpenAiRequest(JsonObject body, boolean reasoning) {
        this.body = body;
        this.reasoning = reasoning;
    }

    ChatRequest read(MultiMap headers) throws Refusal {
        try {
            return checked(headers);
        } catch (ClassCastException e) {
            throw Refusal.invalid("Invalid type: " + e.getMessage());
        }
    }

    private ChatRequest checked(MultiMap headers) throws Refusal {
        String model = body.getString("model", "");
        if (model.isEmpty()) {
            throw Refusal.invalid("you must provide a model parameter");
        }
        if (body.containsKey("stream_options") && !streams()) {
            throw Refusal.invalid(
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        }
        for (String parameter : List.of("temperature", "max_tokens")) {
            if (reasoning && body.containsKey(parameter)) {
                throw Refusal.invalid(
                        "Unsupported parameter: '%s' is not supported with this model."
                                .formatted(parameter));
            }
        }
        return new ChatRequest(
                model, messages(), tools(), streams(), mostTokens(), lowerCase(headers), body);
    }

    private boolean streams() {
        return body.getBoolean("stream", false);
    }

    private OptionalInt mostTokens() {
        Integer most =
                body.getInteger("max_completion_tokens", body.getInteger("max_tokens", null));
        return most == null ? OptionalInt.empty() : OptionalInt.of(most);
    }

    static Map<String, String> lowerCase(MultiMap headers) {
        Map<String, String> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        return all;
    }

    private List<ChatMessage> messages() throws Refusal {
        List<ChatMessage> messages = new ArrayList<>();
        for (Object each : body.getJsonArray("messages", new JsonArray())) {
            messages.add(message((JsonObject) each));
        }
        if (messages.isEmpty()) {
            throw Refusal.invalid("Invalid 'messages': empty array.");
        }
        requireResults();
        return messages;
    }

    private ChatMessage message(JsonObject message) throws Refusal {
        String role = message.getString("role", "");
        if (!ROLES.contains(role)) {
            throw Refusal.invalid("Invalid value: '%s' as a role.".formatted(role));
        }
        String tool = "";
        if (role.equals("tool")) {
            String id = message.getString("tool_call_id", "");
            if (!open.containsKey(id)) {
                throw Refusal.invalid(
                        "Messages with role 'tool' must be a response to a preceding message with"
                                + " 'tool_calls'.");
            }
            tool = Objects.requireNonNull(open.remove(id));
        } else {
            requireResults();
        }
        List<ToolCall> calls = calls(message.getJsonArray("tool_calls", new JsonArray()));
        if (!calls.isEmpty() && !role.equals("assistant")) {
            throw Refusal.invalid("Only an assistant calls tools.");
        }
        String content = content(message.getValue("content"));
        if (content.isEmpty() && calls.isEmpty() && message.getValue("content") == null) {
            throw Refusal.invalid("Invalid value for 'content': expected a string, got null.");
        }
        return new ChatMessage(role, content, calls, tool);
    }

    /// All that was called has to have a result before anything else is said.
    private void requireResults() throws Refusal {
        if (!open.isEmpty()) {
            throw Refusal.invalid(
                    "An assistant message with 'tool_calls' must be followed by tool messages"
                            + " responding to each 'tool_call_id'. Without one: "
                            + String.join(", ", open.keySet()));
        }
    }

    private List<ToolCall> calls(JsonArray calls) throws Refusal {
        List<ToolCall> all = new ArrayList<>();
        for (Object each : calls) {
            var call = (JsonObject) each;
            JsonObject function = call.getJsonObject("function", new JsonObject());
            String id = call.getString("id", "");
            String name = function.getString("name", "");
            if (id.isEmpty() || name.isEmpty() || !"function".equals(call.getString("type"))) {
                throw Refusal.invalid("Each of 'tool_calls' has an 'id', a 'type' and a 'name'.");
            }
            open.put(id, name);
            try {
                all.add(new ToolCall(name, new JsonObject(function.getString("arguments", ""))));
            } catch (DecodeException e) {
                throw Refusal.invalid("The 'arguments' of '%s' are no JSON.".formatted(name));
            }
        }
        return all;
    }

    /// Text, or parts that are text.
    private static String content(@Nullable Object content) {
        if (!(content instanceof JsonArray parts)) {
            return content == null ? "" : (String) content;
        }
        var text = new StringBuilder();
        parts.forEach(part -> text.append(((JsonObject) part).getString("text", "")));
        return text.toString();
    }

    private List<String> tools() throws Refusal {
        List<String> names = new ArrayList<>();
        for (Object each : body.getJsonArray("tools", new JsonArray())) {
            var tool = (JsonObject) each;
            String name = tool.getJsonObject("function", new JsonObject()).getString("name", "");
            if (!"function".equals(tool.getString("type")) || !TOOL.matcher(name).matches()) {
                throw Refusal.invalid("Invalid 'tools': a function with a name is expected.");
            }
            names.add(name);
        }
        return names;
    }
}
