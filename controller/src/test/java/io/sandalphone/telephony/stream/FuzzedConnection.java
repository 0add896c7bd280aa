package io.sandalphone.telephony.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A media socket without a network, over which whatever comes: what a [StreamConnection] asks of Vert.x is done at
/// once, on the caller's thread.
public final class FuzzedConnection {
    private static final byte BINARY = '#';
    private static final byte BEGINNING = '~';
    private static final byte ENDING = '>';

    private @Nullable Handler<WebSocketFrame> frames;
    private @Nullable Handler<Void> closing;
    private boolean closed;
    private int status;

    /// One that was opened at `path`, of the carrier that `protocol` speaks with.
    public FuzzedConnection(String path, StreamProtocol protocol, StreamMeters meters) {
        new StreamConnection(vertx(), socket(), path, List.of(protocol), meters)
                .await(Duration.ofSeconds(5));
    }

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Vertx vertx() {
        Context context =
                stub(
                        Context.class,
                        (_, method, arguments) -> {
                            if (!method.getName().equals("runOnContext")) {
                                throw new AssertionError(method);
                            }
                            handler(arguments[0]).handle(null);
                            return null;
                        });
        return stub(
                Vertx.class,
                (_, method, _) ->
                        switch (method.getName()) {
                            case "getOrCreateContext" -> context;
                            case "setTimer" -> 1L;
                            case "cancelTimer" -> true;
                            default -> throw new AssertionError(method);
                        });
    }

    @SuppressWarnings("unchecked") // Vert.x' interfaces say of what it is.
    private static <T> Handler<T> handler(Object argument) {
        return (Handler<T>) argument;
    }

    private ServerWebSocket socket() {
        return stub(
                ServerWebSocket.class,
                (socket, method, arguments) ->
                        switch (method.getName()) {
                            case "frameHandler" -> {
                                frames = handler(arguments[0]);
                                yield socket;
                            }
                            case "closeHandler" -> {
                                closing = handler(arguments[0]);
                                yield socket;
                            }
                            case "close" -> {
                                status = ((Short) arguments[0]).intValue();
                                breaksOff();
                                yield Future.succeededFuture();
                            }
                            case "isClosed" -> closed;
                            case "writeQueueFull" -> false;
                            case "writeTextMessage" -> Future.succeededFuture();
                            case "setWriteQueueMaxSize", "exceptionHandler", "pause", "resume" ->
                                    socket;
                            default -> throw new AssertionError(method);
                        });
    }

    /// A frame comes: text, or what its first byte says, `#` binary, `~` the beginning of a text, `>` its end.
    public void frame(byte[] frame) {
        if (closed) {
            return;
        }
        byte kind = frame.length == 0 ? 0 : frame[0];
        Buffer rest =
                Buffer.buffer(
                        frame.length == 0 ? frame : Arrays.copyOfRange(frame, 1, frame.length));
        Objects.requireNonNull(frames)
                .handle(
                        switch (kind) {
                            case BINARY -> WebSocketFrame.binaryFrame(rest, true);
                            case BEGINNING -> WebSocketFrame.textFrame(rest.toString(), false);
                            case ENDING -> WebSocketFrame.continuationFrame(rest, true);
                            default ->
                                    WebSocketFrame.textFrame(Buffer.buffer(frame).toString(), true);
                        });
    }

    /// The connection is over, whoever ended it.
    public void breaksOff() {
        if (!closed) {
            closed = true;
            Objects.requireNonNull(closing).handle(null);
        }
    }

    /// With what it was closed by the gateway, 0 when it was not.
    public int status() {
        return status;
    }
}
