package io.sandalphone.tools;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.web.WebhookSignature;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Delivers messages to the operator's server: `POST` of JSON, signed as [WebhookSignature] says. One that is not taken is sent
/// again, under the same `id`, at most [#MOST_ATTEMPTS] times in all; then it is lost, which is counted and logged. What has begun
/// goes on, whatever becomes of the call; closing waits for it. Thread-safe.
final class Messages implements AutoCloseable {
    static final int MOST_ATTEMPTS = 3;

    private static final Logger log = LoggerFactory.getLogger(Messages.class);
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration BEFORE_ANOTHER = Duration.ofMillis(250);
    private static final int LARGEST_ANSWER = 65_536;

    private final URI url;
    private final WebhookSignature signature;
    private final Duration timeout;
    private final ToolClient client;
    private final ToolMeters meters;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("message").factory());

    Messages(
            URI url,
            WebhookSignature signature,
            Duration timeout,
            ToolClient client,
            ToolMeters meters) {
        this.url = url;
        this.signature = signature;
        this.timeout = timeout;
        this.client = client;
        this.meters = meters;
    }

    /// Begins to deliver it. Completes with whether the server has it.
    CompletableFuture<Boolean> deliver(Message message) {
        return CompletableFuture.supplyAsync(() -> send(message), threads);
    }

    private boolean send(Message message) {
        byte[] body = json(message).getBytes(StandardCharsets.UTF_8);
        String why = "interrupted";
        try {
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                if (attempt > 1) {
                    Thread.sleep(BEFORE_ANOTHER.multipliedBy(attempt - 1L));
                }
                ToolClient.Answer answer =
                        client.ask(request(body), false, timeout, LARGEST_ANSWER);
                int status = status(answer);
                if (status >= 200 && status < 300) {
                    meters.messages().increment();
                    log.atInfo()
                            .addKeyValue("call", message.callId())
                            .addKeyValue("agent", message.agent())
                            .addKeyValue("attempts", attempt)
                            .log("message of a caller delivered");
                    return true;
                }
                why = status == 0 ? broken(answer) : "HTTP " + status;
                if (status >= 300 && status < 500 && status != 408 && status != 429) {
                    // It would be refused again.
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        meters.messagesLost().increment();
        log.atError()
                .addKeyValue("call", message.callId())
                .addKeyValue("agent", message.agent())
                .addKeyValue("why", why)
                .log("message of a caller could not be delivered, and is lost");
        return false;
    }

    private Request request(byte[] body) {
        String timestamp = WebhookSignature.timestamp(Instant.now());
        return new Request.Builder()
                .url(url.toString())
                .header(WebhookSignature.TIMESTAMP, timestamp)
                .header(WebhookSignature.SIGNATURE, signature.sign(timestamp, body))
                .post(RequestBody.create(body, TYPE))
                .build();
    }

    private static String json(Message message) {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("id", UUID.randomUUID().toString())
                        .put("type", "message")
                        .put("callId", message.callId())
                        .put("agent", message.agent())
                        .put("takenAt", Instant.ofEpochMilli(message.takenAtMillis()).toString())
                        .put("language", message.language())
                        .put("message", message.text());
        putUnlessEmpty(json, "from", message.from());
        putUnlessEmpty(json, "fromName", message.name());
        putUnlessEmpty(json, "callerName", message.callerName());
        putUnlessEmpty(json, "callBackNumber", message.callBack());
        return json.toString();
    }

    private static void putUnlessEmpty(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    /// 0 where there was no answer.
    private static int status(ToolClient.Answer answer) {
        return switch (answer) {
            case ToolClient.Answer.Text(var status, _) -> status;
            case ToolClient.Answer.TooLong(var status) -> status;
            case ToolClient.Answer.Unreadable(var status) -> status;
            case ToolClient.Answer.Late _, ToolClient.Answer.Broken _ -> 0;
        };
    }

    private static String broken(ToolClient.Answer answer) {
        return answer instanceof ToolClient.Answer.Broken(var why) ? why : "time-out";
    }

    @Override
    public void close() {
        threads.close();
    }
}
