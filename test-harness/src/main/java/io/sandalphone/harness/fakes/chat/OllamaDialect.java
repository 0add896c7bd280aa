package io.sandalphone.harness.fakes.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;

/// Ollama's own protocol: a line of JSON for each token.
///
/// @param answer the number of the answer, of which the ids of its calls are made
/// @param thinking whether it is told what the model thinks before it speaks
/// @param promptTokens how many were asked
/// @param incomplete whether fields are missing or of another type
record OllamaDialect(
        int answer, String model, boolean thinking, int promptTokens, boolean incomplete)
        implements Dialect {
    private static final String CREATED = "2026-11-28T14:00:00.123456789Z";
    private static final long NANOS_PER_TOKEN = 16_666_667;
    private static final List<String> THOUGHTS =
            Tokens.of("They want to know something, and I should be polite and short.");

    @Override
    public String streamType() {
        return "application/x-ndjson";
    }

    @Override
    public List<String> opening() {
        return incomplete ? List.of(line(head().putNull("message").put("done", "no"))) : List.of();
    }

    @Override
    public List<String> thoughts() {
        return thinking
                ? THOUGHTS.stream()
                        .map(thought -> said(message("").put("thinking", thought)))
                        .toList()
                : List.of();
    }

    @Override
    public String text(String token) {
        return said(message(token));
    }

    /// It comes whole.
    @Override
    public List<String> call(int index, ToolCall call) {
        return List.of(
                said(message("").put("tool_calls", new JsonArray().add(called(index, call)))));
    }

    private JsonObject called(int index, ToolCall call) {
        return new JsonObject()
                .put("id", "call_" + answer + "_" + index)
                .put(
                        "function",
                        new JsonObject()
                                .put("index", index)
                                .put("name", call.name())
                                .put("arguments", call.arguments()));
    }

    @Override
    public List<String> closing(Finish finish, int tokens) {
        return List.of(line(over(head().put("message", message("")), finish, tokens)));
    }

    @Override
    public String error() {
        return line(
                new JsonObject().put("error", "an error was encountered while running the model"));
    }

    @Override
    public String garbled() {
        return "{\"model\":\"" + model + "\",\"message\":{\"role\":\n";
    }

    @Override
    public String comment() {
        return "";
    }

    @Override
    public String whole(String text, List<ToolCall> calls, Finish finish, int tokens) {
        JsonObject message = message(text);
        if (thinking) {
            message.put("thinking", String.join("", THOUGHTS));
        }
        if (!calls.isEmpty()) {
            var all = new JsonArray();
            for (int index = 0; index < calls.size(); index++) {
                all.add(called(index, calls.get(index)));
            }
            message.put("tool_calls", all);
        }
        return over(head().put("message", message), finish, tokens).encode();
    }

    private String said(JsonObject message) {
        return line(head().put("message", message).put("done", false));
    }

    private JsonObject head() {
        return incomplete
                ? new JsonObject().put("created_at", 0).put("tomorrow", new JsonArray())
                : new JsonObject().put("model", model).put("created_at", CREATED);
    }

    private static JsonObject message(String content) {
        return new JsonObject().put("role", "assistant").put("content", content);
    }

    private JsonObject over(JsonObject line, Finish finish, int tokens) {
        line.put("done", true);
        return incomplete
                ? line
                : line.put("done_reason", finish == Finish.LENGTH ? "length" : "stop")
                        .put("total_duration", NANOS_PER_TOKEN * (tokens + promptTokens))
                        .put("load_duration", NANOS_PER_TOKEN)
                        .put("prompt_eval_count", promptTokens)
                        .put("prompt_eval_duration", NANOS_PER_TOKEN * promptTokens)
                        .put("eval_count", tokens)
                        .put("eval_duration", NANOS_PER_TOKEN * tokens);
    }

    private static String line(JsonObject json) {
        return json.encode() + "\n";
    }
}
