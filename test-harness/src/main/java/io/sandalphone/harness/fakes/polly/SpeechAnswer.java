package io.sandalphone.harness.fakes.polly;

import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// One answer while it is being sent, a chunk at a time. Runs on the fake's loop.
final class SpeechAnswer {
    /// What became of an answer.
    enum End {
        COMPLETED,
        CUT_BY_FAULT,
        CUT_BY_CLIENT
    }

    private final FakeServer server;
    private final PollyTimetable timetable;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final BiConsumer<SpeechAnswer, End> onEnd;
    private Buffer audio = Buffer.buffer();
    private String text = "";
    private int bytesPerSecond;
    private int sent;
    private boolean stuck;
    private boolean over;

    /// @param onEnd told once
    SpeechAnswer(
            FakeServer server,
            PollyTimetable timetable,
            HttpServerRequest request,
            BiConsumer<SpeechAnswer, End> onEnd) {
        this.server = server;
        this.timetable = timetable;
        this.request = request;
        this.onEnd = onEnd;
        response = request.response();
        response.closeHandler(_ -> closed());
    }

    /// The answer begins: its head, and the first of `audio`.
    /// `incomplete`: without its type, and without saying what is billed in a way to be understood.
    void begin(SpeechRequest order, Buffer audio, boolean incomplete) {
        if (over || stuck) {
            return;
        }
        this.audio = audio;
        text = order.text();
        bytesPerSecond = order.bytesPerSecond();
        response.setChunked(true);
        if (incomplete) {
            response.putHeader("x-amzn-RequestCharacters", "a few");
        } else {
            response.putHeader("Content-Type", order.contentType())
                    .putHeader("x-amzn-RequestCharacters", Integer.toString(order.billed()));
        }
        send();
    }

    /// It will not come about.
    void refuse(Consumer<HttpServerResponse> answer) {
        if (!over && !stuck) {
            over(End.COMPLETED);
            answer.accept(response);
        }
    }

    void faultInjected(Fault fault) {
        if (over) {
            return;
        }
        switch (fault) {
            case STALL -> stuck = true;
            case HALF_CLOSE -> {
                stuck = true;
                Wire.halfClose(request.connection());
            }
            case CUT -> {
                stuck = true;
                // Vert.x reports no end of a connection that is cut this way.
                Wire.cut(request.connection());
                over(End.CUT_BY_FAULT);
            }
            default -> {}
        }
    }

    private void send() {
        while (!over && !stuck) {
            int end = Math.min(sent + timetable.chunk(), audio.length());
            Buffer chunk = audio.getBuffer(sent, end);
            sent = end;
            server.note("audio", text, sent);
            if (sent == audio.length()) {
                response.end(chunk)
                        .onSuccess(_ -> over(End.COMPLETED))
                        .onFailure(_ -> over(End.CUT_BY_CLIENT));
                return;
            }
            var _ = response.write(chunk);
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> send());
                return;
            }
            var pause = timetable.lasting(chunk.length(), bytesPerSecond);
            if (!pause.isZero()) {
                server.after(pause, this::send);
                return;
            }
        }
    }

    /// The response is closed; perhaps because it was sent.
    private void closed() {
        if (!response.ended()) {
            over(stuck ? End.CUT_BY_FAULT : End.CUT_BY_CLIENT);
        }
    }

    private void over(End end) {
        if (!over) {
            over = true;
            onEnd.accept(this, end);
        }
    }
}
