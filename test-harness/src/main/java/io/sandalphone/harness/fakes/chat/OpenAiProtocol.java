package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// `POST /v1/chat/completions` and `GET /v1/models`.
final class OpenAiProtocol implements Protocol {
    static final String CHAT = "/v1/chat/completions";

    private final OpenAiAccount account;
    private final WireHabits habits;
    private int answers;

    OpenAiProtocol(OpenAiAccount account, WireHabits habits) {
        this.account = account;
        this.habits = habits;
    }

    @Override
    public Reply receive(HttpServerRequest request, Buffer body, boolean incomplete)
            throws Refusal {
        admit(request);
        if (request.method().equals(HttpMethod.GET) && request.path().equals("/v1/models")) {
            return models();
        }
        if (!request.method().equals(HttpMethod.POST) || !request.path().equals(CHAT)) {
            throw new Refusal(
                    404,
                    "invalid_request_error",
                    "unknown_url",
                    "Unknown request URL: %s %s".formatted(request.method(), request.path()));
        }
        JsonObject json = json(body);
        ChatRequest asked = new OpenAiRequest(json, account.reasoning()).read(request.headers());
        if (!account.models().contains(asked.model())) {
            throw modelNotFound(asked.model());
        }
        answers++;
        JsonObject options = json.getJsonObject("stream_options", new JsonObject());
        var dialect =
                new OpenAiDialect(
                        answers,
                        asked.model(),
                        options.getBoolean("include_usage", false),
                        options.getBoolean("include_obfuscation", true),
                        asked.tokens(),
                        incomplete,
                        habits);
        return new Reply.Answer(asked, dialect, Duration.ZERO);
    }

    private void admit(HttpServerRequest request) throws Refusal {
        Optional<String> key = account.key();
        if (key.isPresent()
                && !("Bearer " + key.get()).equals(request.getHeader("Authorization"))) {
            throw wrongKey();
        }
    }

    private Reply models() {
        var data = new JsonArray();
        account.models().stream()
                .sorted()
                .forEach(
                        model ->
                                data.add(
                                        new JsonObject()
                                                .put("id", model)
                                                .put("object", "model")
                                                .put("created", 0)
                                                .put("owned_by", "fake")));
        return Reply.json(new JsonObject().put("object", "list").put("data", data));
    }

    static JsonObject json(Buffer body) throws Refusal {
        try {
            return new JsonObject(body);
        } catch (DecodeException e) {
            throw Refusal.invalid("We could not parse the JSON body of your request.");
        }
    }

    @Override
    public Fault[] faults() {
        return new Fault[] {
            Fault.UNAUTHORIZED,
            Fault.FORBIDDEN,
            Fault.NOT_FOUND,
            Fault.RATE_LIMITED,
            Fault.QUOTA_SPENT,
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
            Fault.FILTERED,
            Fault.UNFINISHED,
            Fault.UNKNOWN_TOOL
        };
    }

    @Override
    public @Nullable Refusal refusal(Fault fault, int count) {
        return switch (fault) {
            case UNAUTHORIZED -> wrongKey();
            case FORBIDDEN ->
                    new Refusal(403, "invalid_request_error", "", "You may not use this model.");
            case NOT_FOUND -> modelNotFound("that");
            case RATE_LIMITED ->
                    new Refusal(429, "requests", "rate_limit_exceeded", "Rate limit reached.");
            case QUOTA_SPENT ->
                    new Refusal(
                            429,
                            "insufficient_quota",
                            "insufficient_quota",
                            "You exceeded your current quota.");
            case SERVER_ERROR ->
                    new Refusal(count % 2 == 0 ? 500 : 503, "server_error", "", "Overloaded.");
            default -> null;
        };
    }

    private static Refusal wrongKey() {
        return new Refusal(
                401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
    }

    private static Refusal modelNotFound(String model) {
        return new Refusal(
                404,
                "invalid_request_error",
                "model_not_found",
                "The model `%s` does not exist or you do not have access to it.".formatted(model));
    }

    @Override
    public JsonObject told(Refusal refusal) {
        return new JsonObject()
                .put("error", error(refusal.type(), refusal.code(), refusal.message()));
    }

    /// OpenAI's way to tell an error.
    static JsonObject error(String type, String code, String message) {
        return new JsonObject()
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code.isEmpty() ? null : code);
    }
}
