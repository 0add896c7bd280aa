package io.sandalphone.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.tools.HttpToolSettings.Method;
import io.sandalphone.tools.ToolResult.Outcome;
import io.sandalphone.webhook.WebhookClient;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.nio.charset.StandardCharsets;

/// A tool behind HTTP, in one call. Its address and its headers are the operator's; of the brain come the arguments alone. Each
/// request bears the call's id as [#CALL].
final class HttpTool implements AgentTool {
    /// The header with the call's id.
    static final String CALL = "X-Call-Id";

    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpToolSettings settings;
    private final String callId;
    private final WebhookClient client;

    HttpTool(HttpToolSettings settings, String callId, WebhookClient client) {
        this.settings = settings;
        this.callId = callId;
        this.client = client;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String description() {
        return settings.description();
    }

    @Override
    public ToolParameters parameters() {
        return settings.parameters();
    }

    @Override
    public ToolResult use(ObjectNode arguments) throws InterruptedException {
        boolean get = settings.method() == Method.GET;
        WebhookClient.Answer answer =
                client.ask(request(arguments), get, settings.timeout(), settings.mostBytes());
        return switch (answer) {
            case WebhookClient.Answer.Text(var status, var text) -> result(status, text);
            case WebhookClient.Answer.TooLong(var status) when isSuccess(status) ->
                    ToolResult.error(Outcome.TOO_LONG, "the tool's answer was too long to read");
            case WebhookClient.Answer.Unreadable(var status) when isSuccess(status) ->
                    ToolResult.error(Outcome.UNREADABLE, "the tool's answer was no text");
            case WebhookClient.Answer.TooLong(var status) -> result(status, "");
            case WebhookClient.Answer.Unreadable(var status) -> result(status, "");
            case WebhookClient.Answer.Late _ ->
                    ToolResult.error(Outcome.LATE, "the tool did not answer in time");
            case WebhookClient.Answer.Broken _ ->
                    ToolResult.error(Outcome.FAILED, "the tool could not be reached");
        };
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static ToolResult result(int status, String text) {
        if (!isSuccess(status)) {
            return ToolResult.error(Outcome.FAILED, "the tool failed with HTTP status " + status);
        }
        return ToolResult.done(text.isEmpty() ? "done" : text);
    }

    private Request request(ObjectNode arguments) {
        var request = new Request.Builder().header(CALL, callId);
        settings.headers().forEach((name, value) -> request.header(name, value.reveal()));
        if (settings.method() == Method.GET) {
            return request.url(query(arguments)).build();
        }
        byte[] body = arguments.toString().getBytes(StandardCharsets.UTF_8);
        return request.url(settings.url().toString())
                .method(settings.method().name(), RequestBody.create(body, JSON))
                .build();
    }

    /// What is no plain value stands there as JSON.
    private HttpUrl query(ObjectNode arguments) {
        HttpUrl.Builder url = HttpUrl.get(settings.url().toString()).newBuilder();
        arguments
                .properties()
                .forEach(
                        argument ->
                                url.addQueryParameter(
                                        argument.getKey(),
                                        argument.getValue().isValueNode()
                                                ? argument.getValue().asText()
                                                : argument.getValue().toString()));
        return url.build();
    }
}
