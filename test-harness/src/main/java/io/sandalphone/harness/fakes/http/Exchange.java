package io.sandalphone.harness.fakes.http;

import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.BiConsumer;

/// One request until it is answered. Runs on the fake's loop.
final class Exchange {
    /// What became of it.
    enum End {
        ANSWERED,
        REFUSED,
        SPOILT,
        ABANDONED
    }

    private final FakeServer server;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final BiConsumer<Exchange, End> onEnd;
    private HttpAnswer answer = HttpAnswer.whole("", Buffer.buffer());
    private @Nullable Fault fault;
    private long beginNanos;
    private int sent;
    private boolean stuck;
    private boolean over;

    /// @param onEnd told once
    Exchange(FakeServer server, HttpServerRequest request, BiConsumer<Exchange, End> onEnd) {
        this.server = server;
        this.request = request;
        this.onEnd = onEnd;
        response = request.response();
        response.closeHandler(_ -> closed());
    }

    /// `answer` begins now, and `fault` happens to it.
    void begin(HttpAnswer answer, @Nullable Fault fault) {
        if (over || stuck) {
            return;
        }
        this.answer = answer;
        this.fault = fault;
        beginNanos = System.nanoTime();
        if (fault == Fault.STALL) {
            stuck = true;
            return;
        }
        response.putHeader("Content-Type", answer.type());
        if (answer.isWhole() && fault != Fault.FLOOD) {
            int length = answer.chunks().getFirst().length();
            response.putHeader("Content-Length", Integer.toString(length));
        } else {
            response.setChunked(true);
        }
        send();
    }

    void refuse(HttpRefusal refusal) {
        if (over || stuck) {
            return;
        }
        over(End.REFUSED);
        refusal.retryAfter()
                .ifPresent(seconds -> response.putHeader("Retry-After", Integer.toString(seconds)));
        response.setStatusCode(refusal.status())
                .putHeader("Content-Type", refusal.type())
                .end(refusal.body());
    }

    /// `fault` happens while it is under way.
    void strike(Fault fault) {
        switch (fault) {
            case STALL, STALL_WITHIN, CUT, HALF_CLOSE -> befall(fault);
            default -> {}
        }
    }

    private void send() {
        while (!over && !stuck) {
            if (fault != Fault.FLOOD && sent == answer.chunks().size()) {
                over(End.ANSWERED);
                var _ = response.end();
                return;
            }
            long due = beginNanos + answer.between().toNanos() * sent;
            long wait = due - System.nanoTime();
            if (wait > 0 && fault != Fault.FLOOD) {
                server.after(Duration.ofNanos(wait), this::send);
                return;
            }
            Buffer chunk = answer.chunks().get(sent % answer.chunks().size());
            if (within(fault) && sent == answer.chunks().size() / 2) {
                strikeWithin(chunk, fault);
                return;
            }
            sent++;
            var _ = response.write(chunk);
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> send());
                return;
            }
            if (fault == Fault.FLOOD) {
                // Others get their turn, what tells of the client's leaving too.
                server.after(Duration.ZERO, this::send);
                return;
            }
        }
    }

    private static boolean within(@Nullable Fault fault) {
        return fault == Fault.STALL_WITHIN || fault == Fault.CUT || fault == Fault.HALF_CLOSE;
    }

    /// The first half of `chunk` still goes out.
    private void strikeWithin(Buffer chunk, @Nullable Fault fault) {
        response.write(chunk.getBuffer(0, chunk.length() / 2))
                .onSuccess(
                        _ -> {
                            if (fault != null) {
                                befall(fault);
                            }
                        });
    }

    private void befall(Fault fault) {
        if (over || stuck) {
            return;
        }
        stuck = true;
        if (fault == Fault.CUT) {
            Wire.cut(request.connection());
            // Vert.x reports no end of a connection that is cut this way.
            over(End.SPOILT);
        } else if (fault == Fault.HALF_CLOSE) {
            Wire.halfClose(request.connection());
        }
    }

    /// The response is closed; perhaps because it was sent.
    private void closed() {
        if (!response.ended()) {
            over(stuck ? End.SPOILT : End.ABANDONED);
        }
    }

    private void over(End end) {
        if (!over) {
            over = true;
            onEnd.accept(this, end);
        }
    }
}
