package io.sandalphone.telephony.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

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
        if (!socket.isClosed()) {
            var _ = socket.writeTextMessage(message);
        }
    }

    @Override
    public void binary(byte[] pcm) {
        if (!socket.isClosed()) {
            var _ = socket.writeBinaryMessage(Buffer.buffer(pcm));
        }
    }

    @Override
    public boolean isFull() {
        return socket.writeQueueFull();
    }

    @Override
    public void close(int code, String reason) {
        if (!socket.isClosed()) {
            var _ = socket.close((short) code, reason);
        }
    }
}
