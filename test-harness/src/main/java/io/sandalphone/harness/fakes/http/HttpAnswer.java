package io.sandalphone.harness.fakes.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What answers a request.
///
/// @param chunks its body; more than one go out one after another, without saying beforehand how long they are together
/// @param between the time from one to the next
/// @param later how much later than others it begins
public record HttpAnswer(String type, List<Buffer> chunks, Duration between, Duration later) {
    public HttpAnswer {
        chunks = List.copyOf(chunks);
    }

    /// All of it at once.
    public static HttpAnswer whole(String type, Buffer body) {
        return new HttpAnswer(type, List.of(body), Duration.ZERO, Duration.ZERO);
    }

    public static HttpAnswer json(JsonObject body) {
        return whole("application/json", body.toBuffer());
    }

    /// In chunks of `length` bytes, the last perhaps shorter.
    public static HttpAnswer streamed(String type, Buffer body, int length, Duration between) {
        List<Buffer> chunks = new ArrayList<>();
        for (int at = 0; at < body.length(); at += length) {
            chunks.add(body.getBuffer(at, Math.min(body.length(), at + length)));
        }
        return new HttpAnswer(type, chunks, between, Duration.ZERO);
    }

    /// The same, so much later.
    public HttpAnswer later(Duration by) {
        return new HttpAnswer(type, chunks, between, by);
    }

    boolean isWhole() {
        return chunks.size() == 1;
    }
}
