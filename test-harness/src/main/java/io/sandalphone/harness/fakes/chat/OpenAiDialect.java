package io.sandalphone.harness.fakes.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Chat completions, streamed as server-sent events.
///
/// @param answer the number of the answer, of which its id and those of its calls are made
/// @param usage whether the tokens used are told at the end
/// @param obfuscated whether each event bears a text that hides its length
/// @param promptTokens how many were asked
/// @param incomplete whether fields are missing or of another type
record OpenAiDialect(
        int answer,
        String model,
        boolean usage,
        boolean obfuscated,
        int promptTokens,
        boolean incomplete,
        WireHabits habits)
        implements Dialect {
    private static final long CREATED = 1_795_000_000;
    private static final int PIECE_OF_ARGUMENTS = 7;

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public List<String> opening() {
        return incomplete
                ? List.of(event(new JsonObject().put("choices", 7)))
                : List.of(
                        delta(new JsonObject().put("role", "assistant").put("content", ""), null));
    }

    @Override
    public List<String> thoughts() {
        return List.of();
    }

    @Override
    public String text(String token) {
        return delta(new JsonObject().put("content", token), null);
    }

    @Override
    public List<String> call(int index, ToolCall call) {
        List<String> pieces = new ArrayList<>();
        pieces.add(
                piece(
                        new JsonObject()
                                .put("index", index)
                                .put("id", id(index))
                                .put("type", "function")
                                .put(
                                        "function",
                                        new JsonObject()
                                                .put("name", call.name())
                                                .put("arguments", ""))));
        String arguments = call.arguments().encode();
        for (int at = 0; at < arguments.length(); at += PIECE_OF_ARGUMENTS) {
            int end = Math.min(arguments.length(), at + PIECE_OF_ARGUMENTS);
            pieces.add(
                    piece(
                            new JsonObject()
                                    .put("index", index)
                                    .put(
                                            "function",
                                            new JsonObject()
                                                    .put(
                                                            "arguments",
                                                            arguments.substring(at, end)))));
        }
        return pieces;
    }

    private String piece(JsonObject call) {
        return delta(new JsonObject().put("tool_calls", new JsonArray().add(call)), null);
    }

    private String id(int index) {
        return "call_" + answer + "_" + index;
    }

    @Override
    public List<String> closing(Finish finish, int tokens) {
        List<String> events = new ArrayList<>();
        events.add(delta(new JsonObject(), named(finish)));
        if (usage && !incomplete) {
            events.add(
                    event(
                            chunk("chat.completion.chunk")
                                    .put("choices", new JsonArray())
                                    .put("usage", used(tokens))));
        }
        if (habits.doneMark()) {
            events.add(lines("[DONE]"));
        }
        return events;
    }

    @Override
    public String error() {
        return event(
                new JsonObject()
                        .put(
                                "error",
                                OpenAiProtocol.error(
                                        "server_error",
                                        "",
                                        "The server had an error while processing your request.")));
    }

    @Override
    public String garbled() {
        return lines("{\"id\":\"chatcmpl-" + answer + "\",\"choices\":[{\"delta\":{\"content\":");
    }

    @Override
    public String comment() {
        return habits.comments() ? ": keep-alive" + end() + end() : "";
    }

    @Override
    public String whole(String text, List<ToolCall> calls, Finish finish, int tokens) {
        var message = new JsonObject().put("role", "assistant");
        // A message with calls and no words has `null` for its words.
        message.put("content", text.isEmpty() && !calls.isEmpty() ? null : text);
        if (!calls.isEmpty()) {
            var all = new JsonArray();
            for (int index = 0; index < calls.size(); index++) {
                all.add(
                        new JsonObject()
                                .put("id", id(index))
                                .put("type", "function")
                                .put(
                                        "function",
                                        new JsonObject()
                                                .put("name", calls.get(index).name())
                                                .put(
                                                        "arguments",
                                                        calls.get(index).arguments().encode())));
            }
            message.put("tool_calls", all);
        }
        var choice =
                new JsonObject()
                        .put("index", 0)
                        .put("message", message)
                        .put("finish_reason", named(finish));
        var body = chunk("chat.completion").put("choices", new JsonArray().add(choice));
        return (incomplete ? body : body.put("usage", used(tokens))).encode();
    }

    private JsonObject used(int tokens) {
        return new JsonObject()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", tokens)
                .put("total_tokens", promptTokens + tokens);
    }

    private static String named(Finish finish) {
        return switch (finish) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
            case TOOLS -> "tool_calls";
        };
    }

    private JsonObject chunk(String object) {
        if (incomplete) {
            return new JsonObject().put("created", "yesterday").put("tomorrow", new JsonArray());
        }
        return new JsonObject()
                .put("id", "chatcmpl-" + answer)
                .put("object", object)
                .put("created", CREATED)
                .put("model", model)
                .put("service_tier", "default")
                .put("system_fingerprint", "fp_fake");
    }

    private String delta(JsonObject delta, @Nullable String finish) {
        var chunk =
                chunk("chat.completion.chunk")
                        .put(
                                "choices",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("index", 0)
                                                        .put("delta", delta)
                                                        .put("finish_reason", finish)));
        if (usage && !incomplete) {
            chunk.putNull("usage");
        }
        return event(obfuscated ? chunk.put("obfuscation", "xY") : chunk);
    }

    private String event(JsonObject json) {
        return lines(habits.severalLines() ? json.encodePrettily() : json.encode());
    }

    private String lines(String data) {
        var event = new StringBuilder();
        data.lines().forEach(line -> event.append("data: ").append(line).append(end()));
        return event.append(end()).toString();
    }

    private String end() {
        return habits.crlf() ? "\r\n" : "\n";
    }
}
