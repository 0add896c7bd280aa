package io.sandalphone.harness.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Asks an HTTP server on the loopback of a network, each time by a new connection. Thread-safe.
///
/// @param headers sent with every request
public record LoopbackHttp(Network network, int port, Map<String, String> headers) {
    private static final int CONNECT_MILLIS = 2000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    public LoopbackHttp {
        headers = Map.copyOf(headers);
    }

    /// An answer: its status, 0 when there is none, and its body as text.
    public record Answer(int status, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Where `path` is.
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public Answer request(String method, String path) {
        return request(method, path, "");
    }

    /// `body` is JSON, or empty for none.
    public Answer request(String method, String path, String body) {
        try {
            return network.call(() -> exchange(method, path, body));
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer exchange(String method, String path, String body) throws IOException {
        var connection = (HttpURLConnection) uri(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        connection.setRequestProperty("Connection", "close");
        headers.forEach(connection::setRequestProperty);
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (var stream =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text =
                    stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, text);
        }
    }
}
