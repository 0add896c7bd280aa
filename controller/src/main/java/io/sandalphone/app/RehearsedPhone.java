package io.sandalphone.app;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// One telephone of a [Rehearsal], at Twilio's end of its media stream: says a sound of 0.8 s and is silent for a
/// second, over and over, and echoes marks. Its sound is made beforehand. Thread-safe.
final class RehearsedPhone {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int SOUNDING = 40;
    private static final int TURN = 90;

    private final Vertx vertx;
    private final WebSocket socket;
    private final String stream;
    private final List<String> payloads;
    private final AtomicLong heard = new AtomicLong();
    private final long timer;
    private long said;

    /// Begins the stream `stream` of the call `call`, which `token` lets in.
    RehearsedPhone(
            Vertx vertx,
            WebSocket socket,
            String account,
            String call,
            String stream,
            String token) {
        this.vertx = vertx;
        this.socket = socket;
        this.stream = stream;
        payloads = List.of(coded(voice(FRAME)), coded(new short[FRAME]));
        socket.textMessageHandler(this::message);
        write("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        write(
                """
                {"event":"start","sequenceNumber":"1","start":{"accountSid":"%s","callSid":"%s",\
                "streamSid":"%s","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw",\
                "sampleRate":8000,"channels":1},"customParameters":{"token":"%s"}},"streamSid":"%s"}\
                """
                        .formatted(account, call, stream, token, stream));
        timer = vertx.setPeriodic(AudioFrame.MILLIS, _ -> say());
    }

    /// A sound of so many samples that is anything but silence: 250 Hz and what lies above it.
    static short[] voice(int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            double phase = 2 * Math.PI * i * 250 / AudioFrame.TELEPHONE_RATE;
            pcm[i] = (short) (4000 * Math.sin(phase) + 2000 * Math.sin(3 * phase));
        }
        return pcm;
    }

    private static String coded(short[] pcm) {
        byte[] codes = new byte[pcm.length];
        G711.MU_LAW.encode(pcm, ByteBuffer.wrap(codes), 0);
        return Base64.getEncoder().encodeToString(codes);
    }

    private void say() {
        said++;
        write(
                """
                {"event":"media","sequenceNumber":"%d","media":{"track":"inbound","chunk":"%d",\
                "timestamp":"%d","payload":"%s"},"streamSid":"%s"}\
                """
                        .formatted(
                                said + 1,
                                said,
                                said * AudioFrame.MILLIS,
                                payloads.get(said % TURN < SOUNDING ? 0 : 1),
                                stream));
    }

    private void message(String text) {
        if (text.startsWith("{\"event\":\"media\"")) {
            heard.incrementAndGet();
        } else if (text.startsWith("{\"event\":\"mark\"")) {
            write(text);
        }
    }

    private void write(String message) {
        // What a closed socket does not take is not missed.
        var _ = socket.writeTextMessage(message);
    }

    /// How many pieces of sound have come.
    long heard() {
        return heard.get();
    }

    /// Ends the stream as Twilio does when the telephone hangs up.
    void hangUp() {
        vertx.cancelTimer(timer);
        write(
                """
                {"event":"stop","sequenceNumber":"%d","stop":{},"streamSid":"%s"}\
                """
                        .formatted(said + 2, stream));
        var _ = socket.close();
    }
}
