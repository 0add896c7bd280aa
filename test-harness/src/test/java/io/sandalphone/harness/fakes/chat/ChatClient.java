package io.sandalphone.harness.fakes.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/// A client of a chat fake that has nothing in common with ours.
final class ChatClient implements AutoCloseable {
    private final HttpClient http;
    private final URI server;
    private final String key;

    /// Speaks HTTP/1.1.
    ChatClient(URI server, String key) {
        this(server, key, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    ChatClient(URI server, String key, HttpClient http) {
        this.server = server;
        this.key = key;
        this.http = http;
    }

    /// What came, as it came.
    record Received(int status, HttpResponse<?> response, List<byte[]> chunks) {
        String text() {
            var all = new ByteArrayOutputStream();
            chunks.forEach(all::writeBytes);
            return all.toString(StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return new JsonObject(text());
        }

        /// The data of each event, as the standard of server-sent events has it.
        List<String> data() {
            List<String> events = new ArrayList<>();
            List<String> data = new ArrayList<>();
            for (String line : text().split("\r\n|\n|\r", -1)) {
                if (line.isEmpty() && !data.isEmpty()) {
                    events.add(String.join("\n", data));
                    data.clear();
                } else if (line.startsWith("data:")) {
                    data.add(line.substring(5).stripLeading());
                }
            }
            return events;
        }

        /// The same but `[DONE]`, read.
        List<JsonObject> events() {
            return data().stream()
                    .filter(data -> !data.equals("[DONE]"))
                    .map(JsonObject::new)
                    .toList();
        }

        /// The first choice's `delta` of each event that has one.
        List<JsonObject> deltas() {
            return events().stream()
                    .map(event -> event.getJsonArray("choices"))
                    .filter(choices -> !choices.isEmpty())
                    .map(choices -> choices.getJsonObject(0).getJsonObject("delta"))
                    .toList();
        }

        /// The words of all of them.
        String said() {
            return String.join(
                    "", deltas().stream().map(delta -> delta.getString("content", "")).toList());
        }
    }

    static JsonObject asked(String said) {
        return new JsonObject()
                .put("model", "fake-mini")
                .put("messages", new JsonArray().add(message("user", said)));
    }

    static JsonObject streamed(String said) {
        return asked(said).put("stream", true);
    }

    static JsonObject message(String role, String content) {
        return new JsonObject().put("role", role).put("content", content);
    }

    Received post(String path, JsonObject body) throws Exception {
        return begin(path, body).get(20, TimeUnit.SECONDS);
    }

    CompletableFuture<Received> begin(String path, JsonObject body) {
        List<byte[]> chunks = Collections.synchronizedList(new ArrayList<>());
        return http.sendAsync(
                        request(path).POST(BodyPublishers.ofString(body.encode())).build(),
                        BodyHandlers.ofByteArrayConsumer(chunk -> chunk.ifPresent(chunks::add)))
                .thenApply(response -> new Received(response.statusCode(), response, chunks));
    }

    Received get(String path) throws Exception {
        var response = http.send(request(path).build(), BodyHandlers.ofByteArray());
        return new Received(response.statusCode(), response, List.of(response.body()));
    }

    /// Takes the first bytes of an answer and leaves.
    void abandon(String path, JsonObject body) throws Exception {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                http.send(
                        request(path).POST(BodyPublishers.ofString(body.encode())).build(),
                        BodyHandlers.ofPublisher());
        var left = new CompletableFuture<Void>();
        response.body().subscribe(new Leaving(left));
        left.get();
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Content-Type", "application/json");
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private record Leaving(CompletableFuture<Void> left)
            implements Flow.Subscriber<List<ByteBuffer>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
            var _ = left.whenComplete((_, _) -> subscription.cancel());
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {
            left.complete(null);
        }

        @Override
        public void onError(Throwable failure) {
            left.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            left.completeExceptionally(new AssertionError("it was over at once"));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
