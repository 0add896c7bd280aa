package io.sandalphone.harness.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// The DevTools protocol of a browser (https://chromedevtools.github.io/devtools-protocol/): commands, each
/// answered under its id. Events are not looked at. Thread-safe.
final class DevTools implements AutoCloseable {
    /// The browser refused a command, or the page that it was for has gone meanwhile.
    static final class CommandFailed extends IllegalStateException {
        private static final long serialVersionUID = 1;

        CommandFailed(String message) {
            super(message);
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final WebSocket socket;
    // The last command's sending: a WebSocket takes one at a time.
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    static DevTools connect(URI address) {
        return new DevTools(address);
    }

    private DevTools(URI address) {
        socket = client.newWebSocketBuilder().buildAsync(address, new Answers()).join();
    }

    /// A command to the browser itself.
    JsonNode ask(String method, ObjectNode parameters) {
        return ask("", method, parameters);
    }

    /// A command to the target of a session.
    JsonNode ask(String session, String method, ObjectNode parameters) {
        int id = ids.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", parameters);
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        var answer = new CompletableFuture<JsonNode>();
        asked.put(id, answer);
        send(command.toString());
        try {
            JsonNode message = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (message.has("error")) {
                throw new CommandFailed(method + ": " + message.path("error"));
            }
            return message.path("result");
        } catch (TimeoutException e) {
            throw new AssertionError(method + " was not answered", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode parameters() {
        return JSON.createObjectNode();
    }

    private synchronized void send(String text) {
        sending = sending.thenCompose(_ -> socket.sendText(text, true));
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                answered(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void answered(String message) {
            try {
                JsonNode json = JSON.readTree(message);
                CompletableFuture<JsonNode> waiting = asked.remove(json.path("id").asInt());
                if (waiting != null) {
                    waiting.complete(json);
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            asked.values().forEach(waiting -> waiting.completeExceptionally(failure));
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }
}
