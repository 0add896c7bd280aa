package io.sandalphone.telephony.client;

import io.sandalphone.time.Loop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

import java.time.Duration;

/// Turns the frames of one WebSocket into messages, of which none is kept that is too long, and finds
/// out when nobody is at the other end any more. Runs on the socket's loop.
final class ClientSocket {
    private static final Duration PING_EVERY = Duration.ofSeconds(4);

    // In how many such periods nothing may come, not even the answer to a ping.
    private static final int MOST_SILENT = 3;

    private static final int GONE = 1001;

    private final Loop loop;
    private final ServerWebSocket socket;
    private final ClientConnection connection;
    private Buffer message = Buffer.buffer();
    private boolean text;
    private boolean tooLong;
    private int silent;
    private Loop.Timer ping;

    ClientSocket(Loop loop, ServerWebSocket socket, ClientConnection connection) {
        this.loop = loop;
        this.socket = socket;
        this.connection = connection;
        ping = loop.schedule(PING_EVERY, this::askForLife);
        socket.frameHandler(this::frame);
        socket.pongHandler(_ -> silent = 0);
    }

    /// The connection is closed: by the other side with this code, or it broke off.
    void closed(int code) {
        ping.cancel();
        connection.closedBy(code);
    }

    private void askForLife() {
        silent++;
        if (silent > MOST_SILENT) {
            var _ = socket.close((short) GONE, "nothing came for too long");
            return;
        }
        var _ = socket.writePing(Buffer.buffer());
        ping = loop.schedule(PING_EVERY, this::askForLife);
    }

    private void frame(WebSocketFrame frame) {
        silent = 0;
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            // Pings, their answers, and the end, which may stand between the frames of a message
            // (RFC 6455,
            // section 5.4). Vert.x looks after them.
            return;
        }
        if (!frame.isContinuation()) {
            text = frame.isText();
            message = Buffer.buffer();
            tooLong = false;
        }
        if (tooLong) {
            // The rest of what was told of.
            return;
        }
        if (message.length() + frame.binaryData().length() > ClientConnection.LONGEST_MESSAGE) {
            tooLong = true;
            message = Buffer.buffer();
            // At once: the rest may take longer than there is for init.
            connection.tooLong();
        } else {
            message.appendBuffer(frame.binaryData());
        }
        if (frame.isFinal() && !tooLong) {
            if (text) {
                connection.text(message.toString());
            } else {
                connection.binary(message.getBytes());
            }
            message = Buffer.buffer();
        }
    }
}
