package io.sandalphone.telephony.stream;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.time.Loop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One carrier's socket, from its opening: the gate until a stream starts, and from then on what carries
/// each message to the call.
///
/// Runs on the server's loop, but for [StreamSocket], which any thread may use. A call of the same loop hears
/// each message at once. One of another loop hears it there, and when that loop is behind with
/// [#MOST_WAITING] messages, nothing more is read until it has caught up.
final class StreamConnection implements StreamSocket {
    private static final Logger log = LoggerFactory.getLogger(StreamConnection.class);

    private static final int MOST_WAITING = 256;
    private static final int FEW_WAITING = 64;
    // About a second of frames of 20 ms in JSON.
    private static final int MOST_UNSENT = 16 * 1024;

    private final Vertx vertx;
    private final Context context;
    private final ServerWebSocket socket;
    private final String path;
    private final List<StreamProtocol> vouching;
    private final StreamMeters meters;
    private final AtomicInteger waiting = new AtomicInteger();
    private @Nullable StreamProtocol talking;
    private @Nullable Loop loop;
    private @Nullable StreamListener listener;
    private @Nullable Buffer begun;
    private long startTimer = -1;
    private boolean closing;
    private boolean released;
    private boolean paused;

    StreamConnection(
            Vertx vertx,
            ServerWebSocket socket,
            String path,
            List<StreamProtocol> vouching,
            StreamMeters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.path = path;
        this.vouching = vouching;
        this.meters = meters;
    }

    /// Waits for a stream to start.
    void await(Duration limit) {
        socket.setWriteQueueMaxSize(MOST_UNSENT);
        socket.frameHandler(this::frame);
        socket.exceptionHandler(this::broken);
        socket.closeHandler(_ -> closed());
        startTimer = vertx.setTimer(limit.toMillis(), _ -> refuse(StreamRefusal.NO_START));
    }

    private void frame(WebSocketFrame frame) {
        if (closing || !(frame.isText() || frame.isBinary() || frame.isContinuation())) {
            return;
        }
        if (frame.isBinary()) {
            refuse(StreamRefusal.BINARY);
            return;
        }
        if (begun == null && frame.isFinal()) {
            message(frame.binaryData().getBytes());
            return;
        }
        Buffer message = begun == null ? Buffer.buffer() : begun;
        message.appendBuffer(frame.binaryData());
        begun = frame.isFinal() ? null : message;
        if (message.length() > StreamEndpoint.LONGEST_MESSAGE) {
            refuse(StreamRefusal.TOO_LONG);
        } else if (frame.isFinal()) {
            message(message.getBytes());
        }
    }

    private void message(byte[] text) {
        if (loop != null && listener != null) {
            handOver(loop, listener, text);
        } else {
            introduction(text);
        }
    }

    private void handOver(Loop loop, StreamListener listener, byte[] text) {
        if (loop.inLoop()) {
            listener.message(text);
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING && !paused) {
            paused = true;
            socket.pause();
        }
        loop.execute(
                () -> {
                    listener.message(text);
                    if (waiting.decrementAndGet() == FEW_WAITING) {
                        context.runOnContext(_ -> goOn());
                    }
                });
    }

    private static void tell(Loop loop, Runnable what) {
        if (loop.inLoop()) {
            what.run();
        } else {
            loop.execute(what);
        }
    }

    private void goOn() {
        if (paused) {
            paused = false;
            socket.resume();
        }
    }

    /// What comes before the stream has started: who talks, and whose stream it is.
    private void introduction(byte[] text) {
        JsonMessage message;
        try {
            message = JsonMessage.parse(new String(text, StandardCharsets.UTF_8));
        } catch (UnreadableException _) {
            meters.malformed().increment();
            refuse(StreamRefusal.PROTOCOL);
            return;
        }
        StreamProtocol protocol = talking;
        if (protocol == null) {
            protocol =
                    vouching.stream().filter(each -> each.speaks(message)).findFirst().orElse(null);
            if (protocol == null) {
                refuse(StreamRefusal.PROTOCOL);
                return;
            }
            talking = protocol;
            log.atInfo().addKeyValue("carrier", protocol.name()).log("media socket opened");
        }
        if (message.text("event").orElse("").equals("start")) {
            start(protocol, message);
        }
    }

    private void start(StreamProtocol protocol, JsonMessage start) {
        switch (protocol.start(path, start, this)) {
            case StreamProtocol.Start.Refused(var reason) -> refuse(reason);
            case StreamProtocol.Start.Taken(var owner, var heard) -> {
                vertx.cancelTimer(startTimer);
                meters.opened().increment();
                loop = owner;
                listener = heard;
                tell(owner, heard::opened);
            }
        }
    }

    private void refuse(StreamRefusal reason) {
        if (closing) {
            return;
        }
        meters.refuse(reason);
        log.atWarn().addKeyValue("reason", reason.word()).log("media socket closed");
        if (listener == null) {
            release();
        }
        close(reason.closeStatus(), reason.word());
    }

    private void broken(Throwable failure) {
        // A frame above the listener's limit, or one that is none; Vert.x reads nothing more and
        // would close
        // with 1000. A connection that was lost is told of by its end.
        if (failure instanceof CorruptedWebSocketFrameException unreadable) {
            boolean tooLong = WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(unreadable.closeStatus());
            refuse(tooLong ? StreamRefusal.TOO_LONG : StreamRefusal.PROTOCOL);
        }
    }

    private void closed() {
        closing = true;
        vertx.cancelTimer(startTimer);
        begun = null;
        if (loop != null && listener != null) {
            tell(loop, listener::closed);
        } else {
            release();
        }
    }

    /// Lets go, once, of what let it in and started nothing.
    private void release() {
        if (!released) {
            released = true;
            vouching.forEach(protocol -> protocol.released(path));
        }
    }

    @Override
    public void write(String text) {
        if (!socket.isClosed()) {
            // A socket that was closed meanwhile tells so by its close handler.
            var _ = socket.writeTextMessage(text);
        }
    }

    @Override
    public boolean isCongested() {
        return socket.writeQueueFull();
    }

    @Override
    public void close() {
        context.runOnContext(_ -> close((short) 1000, "over"));
    }

    private void close(short status, String reason) {
        if (!closing) {
            closing = true;
            var _ = socket.close(status, reason);
        }
    }
}
