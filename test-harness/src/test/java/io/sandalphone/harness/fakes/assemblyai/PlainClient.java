package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.media.codec.G711;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// A client that knows nothing: sends what it is told and keeps what comes.
final class PlainClient implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;
    private volatile int closeCode;

    private PlainClient(URI address, String key) throws Exception {
        socket =
                HTTP.newWebSocketBuilder()
                        .header("Authorization", key)
                        .buildAsync(address, this)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static PlainClient connect(AssemblyAiFake fake, String query) throws Exception {
        return connect(fake, query, AssemblyAiFake.KEY);
    }

    static PlainClient connect(AssemblyAiFake fake, String query, String key) throws Exception {
        return new PlainClient(URI.create(fake.streaming() + "?" + query), key);
    }

    void text(String text) throws Exception {
        socket.sendText(text, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /// Sends sound at 8 kHz as mu-law, in pieces of 80 ms, at once.
    void say(short[] pcm) throws Exception {
        for (int from = 0; from < pcm.length; from += 640) {
            var bytes = ByteBuffer.allocate(640);
            for (int i = 0; i < 640; i++) {
                short sample = from + i < pcm.length ? pcm[from + i] : 0;
                bytes.put(i, G711.MU_LAW.encode(sample));
            }
            binary(bytes);
        }
    }

    /// As [#say], to a session that ends while they speak: what it no longer takes stays unsaid.
    void sayUntilClosed(short[] pcm) throws Exception {
        try {
            say(pcm);
        } catch (ExecutionException closed) {
            if (!(closed.getCause() instanceof IOException)) {
                throw closed;
            }
        }
    }

    void binary(ByteBuffer bytes) throws Exception {
        socket.sendBinary(bytes, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    List<JsonObject> received(String type) {
        return messages.stream()
                .filter(text -> text.startsWith("{\"type\":\"" + type + "\""))
                .map(JsonObject::new)
                .toList();
    }

    List<JsonObject> ends() {
        return received("Turn").stream().filter(turn -> turn.getBoolean("end_of_turn")).toList();
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    JsonObject await(String type) {
        Poll.until(PATIENCE, () -> !received(type).isEmpty(), () -> type + " among " + messages);
        return received(type).getFirst();
    }

    JsonObject awaitEnd() {
        Poll.until(PATIENCE, () -> !ends().isEmpty(), () -> "an end among " + messages);
        return ends().getFirst();
    }

    /// The code of the close frame, or 1006 when the connection broke without.
    int awaitClose() {
        Poll.until(PATIENCE, () -> closeCode != 0, () -> "a close after " + messages);
        return closeCode;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            messages.add(message.toString());
            message.setLength(0);
        }
        return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        messages.add("binary");
        return WebSocket.Listener.super.onBinary(webSocket, data, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return WebSocket.Listener.super.onClose(webSocket, statusCode, reason);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode = 1006;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
