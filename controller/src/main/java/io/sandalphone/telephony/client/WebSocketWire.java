package io.sandalphone.telephony.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

import java.util.function.Supplier;

/// A client's connection as Vert.x has it, which takes what is written from any thread.
final class WebSocketWire implements ClientWire {
    /// How many bytes may wait to be written: a fifth of a second of sound as JSON.
    static final int MOST_WAITING = 10 * 1024;

    private final ServerWebSocket socket;
    private final String address;

    WebSocketWire(ServerWebSocket socket) {
        this.socket = socket;
        address = socket.remoteAddress().hostAddress();
        socket.setWriteQueueMaxSize(MOST_WAITING);
    }

    @Override
    public String address() {
        return address;
    }

    // What becomes of a frame that is written is told by the connection's end.
    @Override
    public void text(String message) {
        whileOpen(() -> socket.writeTextMessage(message));
    }

    @Override
    public void binary(byte[] pcm) {
        whileOpen(() -> socket.writeBinaryMessage(Buffer.buffer(pcm)));
    }

    /// One that is closed takes nothing any more, and counts as full until the call knows of its end.
    @Override
    public boolean isFull() {
        try {
            return socket.isClosed() || socket.writeQueueFull();
        } catch (IllegalStateException _) {
            return true;
        }
    }

    @Override
    public void close(int code, String reason) {
        whileOpen(() -> socket.close((short) code, reason));
    }

    /// It may be closed at any moment, by its own thread, and throws from then on.
    private void whileOpen(Supplier<Future<Void>> writing) {
        if (socket.isClosed()) {
            return;
        }
        try {
            var _ = writing.get();
        } catch (IllegalStateException _) {
            // Closed just now.
        }
    }
}
