package io.sandalphone.tools;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.webhook.WebhookClient;
import io.sandalphone.webhook.WebhookDelivery;
import io.sandalphone.webhook.WebhookDelivery.Outcome;
import io.sandalphone.webhook.WebhookSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Delivers messages to the operator's server, as [WebhookDelivery] does. One that is not taken is sent again, under the same `id`,
/// three times in all; then it is lost, which is counted and logged. What has begun goes on, whatever becomes of the call;
/// closing waits for it. Thread-safe.
final class Messages implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Messages.class);
    private static final JsonMapper JSON = new JsonMapper();

    // The caller waits for what comes of it.
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(250), Duration.ofMillis(500));

    private final WebhookDelivery delivery;
    private final ToolMeters meters;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("message").factory());

    Messages(WebhookSettings settings, WebhookClient client, ToolMeters meters) {
        delivery = new WebhookDelivery(settings, PAUSES, client);
        this.meters = meters;
    }

    /// Begins to deliver it. Completes with whether the server has it.
    CompletableFuture<Boolean> deliver(Message message) {
        return CompletableFuture.supplyAsync(() -> send(message), threads);
    }

    private boolean send(Message message) {
        return switch (delivery.deliver(json(message))) {
            case Outcome.Delivered(int attempts) -> {
                meters.messages().increment();
                log.atInfo()
                        .addKeyValue("call", message.callId())
                        .addKeyValue("agent", message.agent())
                        .addKeyValue("attempts", attempts)
                        .log("message of a caller delivered");
                yield true;
            }
            case Outcome.Lost(String why) -> {
                meters.messagesLost().increment();
                log.atError()
                        .addKeyValue("call", message.callId())
                        .addKeyValue("agent", message.agent())
                        .addKeyValue("why", why)
                        .log("message of a caller could not be delivered, and is lost");
                yield false;
            }
        };
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

    @Override
    public void close() {
        threads.close();
    }
}
