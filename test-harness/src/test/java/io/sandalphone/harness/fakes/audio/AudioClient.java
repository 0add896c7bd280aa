package io.sandalphone.harness.fakes.audio;

import io.vertx.core.json.JsonObject;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A client of the fakes that hear and speak that has nothing in common with ours.
final class AudioClient implements AutoCloseable {
    private static final String BOUNDARY = "----boundary7d81b516112482";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String key;

    AudioClient(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    // What came, for a test to look at once.
    @SuppressWarnings("ArrayRecordComponent")
    record Got(int status, String type, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return new JsonObject(text());
        }
    }

    Got post(String path, JsonObject body) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.encode()))
                        .build());
    }

    /// A form in parts, with a file.
    Got upload(String path, String fileName, byte[] file, Map<String, String> fields)
            throws Exception {
        var body = new ByteArrayOutputStream();
        for (var field : fields.entrySet()) {
            body.writeBytes(part("form-data; name=\"%s\"".formatted(field.getKey()), "text/plain"));
            body.writeBytes((field.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(
                part("form-data; name=\"file\"; filename=\"%s\"".formatted(fileName), "audio/wav"));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return send(
                request(path)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build());
    }

    private static byte[] part(String disposition, String type) {
        return "--%s\r\nContent-Disposition: %s\r\nContent-Type: %s\r\n\r\n"
                .formatted(BOUNDARY, disposition, type)
                .getBytes(StandardCharsets.UTF_8);
    }

    Got get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private Got send(HttpRequest request) throws Exception {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        return new Got(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
