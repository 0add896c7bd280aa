package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// `POST /api/chat`, and what tells of the models: `/api/tags`, `/api/show`, `/api/ps`, `/api/version`.
final class OllamaProtocol implements Protocol {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

    private final OllamaHost host;
    private final Set<String> loaded = new TreeSet<>();
    private int answers;

    OllamaProtocol(OllamaHost host) {
        this.host = host;
    }

    @Override
    public Reply receive(HttpServerRequest request, Buffer body, boolean incomplete)
            throws Refusal {
        return switch (request.method() + " " + request.path()) {
            case "GET /" -> new Reply.Known("text/plain; charset=utf-8", "Ollama is running");
            case "GET /api/version" -> Reply.json(new JsonObject().put("version", "0.0.0-fake"));
            case "GET /api/tags" -> Reply.json(models(host.models().keySet()));
            case "GET /api/ps" -> Reply.json(models(loaded));
            case "POST /api/show" -> show(json(body));
            case "POST /api/chat" -> chat(json(body), request.headers(), incomplete);
            default -> throw new Refusal(404, "", "", "404 page not found");
        };
    }

    private static JsonObject json(Buffer body) throws Refusal {
        return OpenAiProtocol.json(body);
    }

    private static JsonObject models(Set<String> names) {
        var models = new JsonArray();
        for (String name : names) {
            models.add(
                    new JsonObject()
                            .put("name", name)
                            .put("model", name)
                            .put("size", 2_000_000_000L)
                            .put("digest", "fake")
                            .put("details", new JsonObject()));
        }
        return new JsonObject().put("models", models);
    }

    private Reply show(JsonObject body) throws Refusal {
        var capabilities = new JsonArray();
        abilities(body).stream().sorted().forEach(capabilities::add);
        return Reply.json(new JsonObject().put("capabilities", capabilities));
    }

    private Set<String> abilities(JsonObject body) throws Refusal {
        String model = body.getString("model", "");
        if (model.isEmpty()) {
            throw Refusal.invalid("model is required");
        }
        Set<String> abilities = host.models().get(model);
        if (abilities == null) {
            throw notFound(model);
        }
        return abilities;
    }

    private static Refusal notFound(String model) {
        return new Refusal(404, "", "", "model '%s' not found".formatted(model));
    }

    private Reply chat(JsonObject body, MultiMap headers, boolean incomplete) throws Refusal {
        try {
            return checked(body, headers, incomplete);
        } catch (ClassCastException e) {
            throw Refusal.invalid("json: cannot unmarshal " + e.getMessage());
        }
    }

    private Reply checked(JsonObject body, MultiMap headers, boolean incomplete) throws Refusal {
        String model = body.getString("model", "");
        Set<String> abilities = abilities(body);
        // Who says nothing gets a model that thinks, if it can.
        Object think = body.getValue("think", abilities.contains("thinking"));
        boolean thinks = !think.equals(false);
        if (thinks && !abilities.contains("thinking")) {
            throw Refusal.invalid("\"%s\" does not support thinking".formatted(model));
        }
        JsonArray tools = body.getJsonArray("tools", new JsonArray());
        if (!tools.isEmpty() && !abilities.contains("tools")) {
            throw Refusal.invalid("\"%s\" does not support tools".formatted(model));
        }
        List<ChatMessage> messages = messages(body.getJsonArray("messages", new JsonArray()));
        if (messages.isEmpty()) {
            return load(model, Objects.equals(body.getValue("keep_alive"), 0));
        }
        var asked =
                new ChatRequest(
                        model,
                        messages,
                        names(tools),
                        body.getBoolean("stream", true),
                        mostTokens(body),
                        OpenAiRequest.lowerCase(headers),
                        body);
        answers++;
        Duration loading = loaded.add(model) ? host.loading() : Duration.ZERO;
        return new Reply.Answer(
                asked,
                new OllamaDialect(answers, model, thinks, asked.tokens(), incomplete),
                loading);
    }

    private Reply load(String model, boolean unload) {
        if (unload) {
            loaded.remove(model);
        } else {
            loaded.add(model);
        }
        return Reply.json(
                new JsonObject()
                        .put("model", model)
                        .put(
                                "message",
                                new JsonObject().put("role", "assistant").put("content", ""))
                        .put("done", true)
                        .put("done_reason", unload ? "unload" : "load"));
    }

    private static OptionalInt mostTokens(JsonObject body) {
        int most = body.getJsonObject("options", new JsonObject()).getInteger("num_predict", -1);
        return most < 0 ? OptionalInt.empty() : OptionalInt.of(most);
    }

    private static List<ChatMessage> messages(JsonArray messages) throws Refusal {
        List<ChatMessage> all = new ArrayList<>();
        for (Object each : messages) {
            var message = (JsonObject) each;
            String role = message.getString("role", "");
            if (!ROLES.contains(role)) {
                throw Refusal.invalid("invalid role: " + role);
            }
            List<ToolCall> calls = new ArrayList<>();
            for (Object call : message.getJsonArray("tool_calls", new JsonArray())) {
                JsonObject function = ((JsonObject) call).getJsonObject("function");
                // An object, unlike OpenAI's text.
                calls.add(
                        new ToolCall(
                                function.getString("name"), function.getJsonObject("arguments")));
            }
            all.add(
                    new ChatMessage(
                            role,
                            message.getString("content", ""),
                            calls,
                            message.getString("tool_name", "")));
        }
        return all;
    }

    private static List<String> names(JsonArray tools) {
        List<String> names = new ArrayList<>();
        for (Object tool : tools) {
            names.add(((JsonObject) tool).getJsonObject("function").getString("name"));
        }
        return names;
    }

    @Override
    public Fault[] faults() {
        return new Fault[] {
            Fault.NOT_FOUND,
            Fault.RATE_LIMITED,
            Fault.SERVER_ERROR,
            Fault.SLOW,
            Fault.STALL,
            Fault.STALL_WITHIN,
            Fault.HALF_CLOSE,
            Fault.CUT,
            Fault.GARBAGE,
            Fault.INCOMPLETE,
            Fault.ERROR_WITHIN,
            Fault.FLOOD,
            Fault.REPEATED,
            Fault.LONG_ANSWER,
            Fault.CUT_SHORT,
            Fault.UNFINISHED,
            Fault.UNKNOWN_TOOL
        };
    }

    @Override
    public @Nullable Refusal refusal(Fault fault, int count) {
        return switch (fault) {
            case NOT_FOUND -> notFound("that");
            // Nobody is limited by a rate there; the queue is full.
            case RATE_LIMITED ->
                    new Refusal(
                            503,
                            "",
                            "",
                            "server busy, please try again. maximum pending requests exceeded");
            case SERVER_ERROR ->
                    new Refusal(500, "", "", "llama runner process has terminated: exit status 2");
            default -> null;
        };
    }

    @Override
    public JsonObject told(Refusal refusal) {
        return new JsonObject().put("error", refusal.message());
    }
}
