package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// One answer while it is being sent, an event at a time, as fast as the model makes its tokens. Runs on the fake's loop.
final class ChatAnswer {
    private static final int EVENTS_PER_COMMENT = 5;

    /// After so many events others get their turn on the loop; what tells of the client's leaving too.
    private static final int EVENTS_PER_TURN = 100;

    /// What became of an answer.
    enum End {
        COMPLETED,
        SPOILT,
        ABANDONED
    }

    /// Hears how an answer fares.
    interface Listener {
        /// So many tokens were sent just now, and `soFar` of this answer with them.
        void sent(int tokens, int soFar);

        /// Told once.
        void ended(ChatAnswer answer, End end);
    }

    private final FakeServer server;
    private final ChatModel model;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ChatRequest asked;
    private final Dialect dialect;
    private final ChunkWriter out;
    private final Listener listener;
    private AnswerPlan plan = AnswerPlan.of(ChatReply.says(""), null, OptionalInt.empty());
    private Iterator<String> events = Collections.emptyIterator();
    private @Nullable Fault fault;
    private long firstNanos;
    private int sent;
    private boolean opened;
    private boolean stuck;
    private boolean over;

    ChatAnswer(
            FakeServer server,
            ChatModel model,
            HttpServerRequest request,
            ChatRequest asked,
            Dialect dialect,
            RandomGenerator chance,
            Listener listener) {
        this.server = server;
        this.model = model;
        this.request = request;
        this.asked = asked;
        this.dialect = dialect;
        this.listener = listener;
        response = request.response();
        out = new ChunkWriter(response, model.habits().split(), chance);
        response.closeHandler(_ -> closed());
    }

    /// Sends `reply`, to which `fault` happens, the first token after `first`.
    void begin(ChatReply reply, @Nullable Fault fault, Duration first) {
        this.fault = fault;
        plan = AnswerPlan.of(reply, fault, asked.mostTokens());
        events = plan.events(dialect);
        firstNanos = System.nanoTime() + first.toNanos();
        if (fault == Fault.STALL) {
            stuck = true;
        } else if (asked.streams()) {
            open();
            server.after(first, this::send);
        } else {
            Duration all = first.plus(model.pace().lasting(Math.max(0, plan.words().size() - 1)));
            server.after(fault == Fault.FLOOD ? first : all, this::sendWhole);
        }
    }

    /// `fault` happens while it is under way.
    void strike(Fault fault) {
        if (over || stuck) {
            return;
        }
        switch (fault) {
            case STALL -> stuck = true;
            case CUT, HALF_CLOSE, STALL_WITHIN, ERROR_WITHIN, GARBAGE -> {
                if (asked.streams()) {
                    befall(fault);
                } else {
                    this.fault = fault;
                }
            }
            default -> {}
        }
    }

    /// Servers send the head as soon as the model has the request.
    private void open() {
        response.putHeader("Content-Type", dialect.streamType()).setChunked(true);
        var _ = response.writeHead();
        comment();
    }

    private void send() {
        while (!over && !stuck) {
            long wait = dueNanos() - System.nanoTime();
            if (wait > 0) {
                server.after(Duration.ofNanos(wait), this::send);
                return;
            }
            if (!opened) {
                opened = true;
                dialect.opening().forEach(out::write);
            }
            Fault now = fault;
            if (now != null && sent >= plan.middle() && befalls(now)) {
                fault = null;
                befall(now);
                continue;
            }
            if (!events.hasNext()) {
                complete();
                return;
            }
            write(events.next());
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> send());
                return;
            }
            if (sent % EVENTS_PER_TURN == 0) {
                server.after(Duration.ZERO, this::send);
                return;
            }
        }
    }

    private long dueNanos() {
        return fault == Fault.FLOOD
                ? firstNanos
                : firstNanos + model.pace().lasting(sent).toNanos();
    }

    private static boolean befalls(Fault fault) {
        return switch (fault) {
            case CUT, HALF_CLOSE, STALL_WITHIN, ERROR_WITHIN, GARBAGE -> true;
            default -> false;
        };
    }

    private void write(String event) {
        out.write(event);
        sent++;
        listener.sent(1, sent);
        if (sent % EVENTS_PER_COMMENT == 0) {
            comment();
        }
    }

    private void comment() {
        String comment = dialect.comment();
        if (!comment.isEmpty()) {
            out.write(comment);
        }
    }

    /// What happens amid a stream.
    private void befall(Fault fault) {
        switch (fault) {
            case STALL_WITHIN -> {
                out.flush();
                stuck = true;
            }
            case HALF_CLOSE -> {
                out.flush();
                stuck = true;
                Wire.halfClose(request.connection());
            }
            case CUT -> {
                out.writeHalf(dialect.text(" and"));
                Wire.cut(request.connection());
                // Vert.x reports no end of a connection that is cut this way.
                over(End.SPOILT);
            }
            case ERROR_WITHIN -> {
                out.write(dialect.error());
                out.flush();
                over(End.SPOILT);
                var _ = response.end();
            }
            case GARBAGE -> out.write(dialect.garbled());
            default ->
                    throw new IllegalArgumentException(
                            "nothing that happens amid a stream: " + fault);
        }
    }

    private void complete() {
        boolean finished = fault != Fault.UNFINISHED;
        if (finished) {
            dialect.closing(plan.finish(), sent).forEach(out::write);
        }
        out.flush();
        over(finished ? End.COMPLETED : End.SPOILT);
        var _ = response.end();
    }

    private void sendWhole() {
        if (over || stuck) {
            return;
        }
        var words = plan.words();
        listener.sent(words.size(), words.size());
        Buffer body =
                Buffer.buffer(
                        dialect.whole(
                                String.join("", words), plan.calls(), plan.finish(), words.size()));
        response.putHeader("Content-Type", "application/json");
        switch (fault) {
            case CUT ->
                    half(
                            body,
                            () -> {
                                Wire.cut(request.connection());
                                over(End.SPOILT);
                            });
            case HALF_CLOSE -> half(body, () -> Wire.halfClose(request.connection()));
            case STALL_WITHIN -> half(body, () -> {});
            case ERROR_WITHIN -> whole(500, Buffer.buffer(dialect.error()), End.SPOILT);
            case GARBAGE, UNFINISHED ->
                    whole(200, body.getBuffer(0, body.length() / 2), End.SPOILT);
            case null, default -> whole(200, body, End.COMPLETED);
        }
    }

    private void whole(int status, Buffer body, End end) {
        over(end);
        var _ = response.setStatusCode(status).end(body);
    }

    private void half(Buffer body, Runnable then) {
        stuck = true;
        response.putHeader("Content-Length", Integer.toString(body.length()))
                .write(body.getBuffer(0, body.length() / 2))
                .onSuccess(_ -> then.run());
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
            listener.ended(this, end);
        }
    }
}
