package io.sandalphone.harness.fakes.chat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.util.random.RandomGenerator;

/// Turns events into the chunks of a response. Runs on the fake's loop.
final class ChunkWriter {
    private static final int EVENTS_TOGETHER = 3;
    private static final int LONGEST_PIECE = 24;

    private final HttpServerResponse response;
    private final WireHabits.Split split;
    private final RandomGenerator chance;
    private Buffer held = Buffer.buffer();
    private int heldEvents;

    ChunkWriter(HttpServerResponse response, WireHabits.Split split, RandomGenerator chance) {
        this.response = response;
        this.split = split;
        this.chance = chance;
    }

    void write(String event) {
        var bytes = Buffer.buffer(event);
        switch (split) {
            case EVENTS -> send(bytes);
            case SEVERAL -> {
                held.appendBuffer(bytes);
                heldEvents++;
                if (heldEvents == EVENTS_TOGETHER) {
                    flush();
                }
            }
            case SCATTERED -> scatter(bytes);
        }
    }

    private void scatter(Buffer bytes) {
        int at = 0;
        while (at < bytes.length()) {
            int end = Math.min(bytes.length(), at + 1 + chance.nextInt(LONGEST_PIECE));
            send(bytes.getBuffer(at, end));
            at = end;
        }
    }

    /// Sends what waits for more.
    void flush() {
        if (held.length() > 0) {
            send(held);
            held = Buffer.buffer();
            heldEvents = 0;
        }
    }

    /// Sends the first half of `event` after all that waits.
    void writeHalf(String event) {
        flush();
        var bytes = Buffer.buffer(event);
        send(bytes.getBuffer(0, bytes.length() / 2));
    }

    private void send(Buffer bytes) {
        var _ = response.write(bytes);
    }
}
